package io.laneway.replay.diff.rules;

import io.laneway.replay.text.Glob;

/**
 * How the items of some lists are paired. Immutable.
 *
 * @param key the member that identifies an item, with dots for one within another; empty for none
 */
public record ItemRule(Glob endpoint, Glob path, String key) {

    /** A rule by its texts. */
    public static ItemRule of(String endpoint, String path, String key) {
        return new ItemRule(Glob.of(endpoint), Glob.of(path), key);
    }
}
