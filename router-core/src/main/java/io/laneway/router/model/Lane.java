package io.laneway.router.model;

import io.laneway.router.link.LinkKey;
import io.laneway.router.text.Slug;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named version of part of the system: a feature branch or a gray environment. It holds only the services that
 * changed; everything else falls back along its parents to the base lane. Immutable.
 *
 * @param name      as shown; compared by its {@linkplain Slug slug}
 * @param parent    the lane to fall back to; null means the base lane
 * @param expiresAt when the lane stops being served, null for never
 * @param keep      exempt from expiry
 * @param linkKey   signs the links that lead into it where carriers count only if signed; null while none do
 * @param state     as published by the control API; tables from files say {@code active} and let the clock decide
 */
public record Lane(
        String name,
        @Nullable String parent,
        LaneMode mode,
        String description,
        @Nullable Instant expiresAt,
        boolean keep,
        LaneState state,
        @Nullable LinkKey linkKey) {

    public Lane {
        Slug.requireName("name", name);
        if (parent != null) {
            Slug.requireName("parent", parent);
        }
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(state, "state");
    }

    /** A lane into which no link leads. */
    public Lane(
            String name,
            @Nullable String parent,
            LaneMode mode,
            String description,
            @Nullable Instant expiresAt,
            boolean keep,
            LaneState state) {
        this(name, parent, mode, description, expiresAt, keep, state, null);
    }

    /** The same lane, whose links are signed by that key; null for one without links. */
    public Lane linkedBy(@Nullable LinkKey key) {
        return new Lane(name, parent, mode, description, expiresAt, keep, state, key);
    }

    /** A permissive, active lane that falls back to the base lane and never expires. */
    public static Lane named(String name) {
        return new Lane(name, null, LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE);
    }
}
