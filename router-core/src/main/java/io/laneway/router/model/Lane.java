package io.laneway.router.model;

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
 * @param state     as published by the control API; tables from files say {@code active} and let the clock decide
 */
public record Lane(
        String name,
        @Nullable String parent,
        LaneMode mode,
        String description,
        @Nullable Instant expiresAt,
        boolean keep,
        LaneState state) {

    public Lane {
        Slug.requireName("name", name);
        if (parent != null) {
            Slug.requireName("parent", parent);
        }
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(state, "state");
    }

    /** A permissive, active lane that falls back to the base lane and never expires. */
    public static Lane named(String name) {
        return new Lane(name, null, LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE);
    }
}
