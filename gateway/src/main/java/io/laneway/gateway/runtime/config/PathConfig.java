package io.laneway.gateway.runtime.config;

import java.util.Objects;

/**
 * How a listener reads paths and header names that two readers could understand differently. Immutable.
 *
 * @param normalise      remove dot segments before routing and forwarding (RFC 3986 section 6.2.2)
 * @param mergeSlashes   make one slash of several
 * @param encodedSlashes what to do with {@code %2F} and {@code %5C}
 * @param underscores    what to do with header names that have an underscore
 */
public record PathConfig(
        boolean normalise, boolean mergeSlashes, EncodedSlashes encodedSlashes, Underscores underscores) {

    /** Dot segments removed, slashes left, encoded slashes kept as they are, names with underscores passed. */
    public static final PathConfig DEFAULT = new PathConfig(true, false, EncodedSlashes.KEEP, Underscores.ALLOW);

    public PathConfig {
        Objects.requireNonNull(encodedSlashes, "encodedSlashes");
        Objects.requireNonNull(underscores, "underscores");
    }

    /** What to do with encoded slashes in a path. */
    public enum EncodedSlashes {
        /** Forward them as they came; they divide no segment. */
        KEEP,
        /** Answer 400. */
        REJECT,
        /** Decode them before routing. */
        DECODE
    }

    /** What to do with header names that have an underscore. */
    public enum Underscores {
        ALLOW,
        /** Leave the header out. */
        DROP,
        /** Answer 400. */
        REJECT
    }
}
