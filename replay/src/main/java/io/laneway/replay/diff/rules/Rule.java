package io.laneway.replay.diff.rules;

import io.laneway.replay.text.Glob;

/**
 * What holds at some places. In endpoint and path, {@code *} is any text; a path also names the places below it.
 * Immutable.
 *
 * @param facet empty for all
 * @param ignore whether nothing is compared there
 */
public record Rule(Glob endpoint, Glob path, String facet, boolean ignore, Tolerance tolerance) {

    /** A rule by its texts. */
    public static Rule of(String endpoint, String path, String facet, boolean ignore, Tolerance tolerance) {
        return new Rule(Glob.of(endpoint), Glob.of(path), facet, ignore, tolerance);
    }

    boolean matches(String endpoint, String path, String facet) {
        return (this.facet.isEmpty() || this.facet.equals(facet))
                && this.path.covers(path)
                && this.endpoint.matches(endpoint);
    }
}
