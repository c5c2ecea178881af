package io.laneway.router.model.route;

import org.jspecify.annotations.Nullable;

/**
 * Changes of a request's target and host; what is null stays. Immutable.
 *
 * @param path   the whole new path
 * @param prefix what the route's prefix becomes
 */
public record Rewrite(
        @Nullable String host,
        @Nullable String path,
        @Nullable String prefix) {

    public Rewrite {
        requirePaths(path, prefix);
    }

    /** Whether it changes more than the host. */
    public boolean changesPath() {
        return path != null || prefix != null;
    }

    /** Checks a new path, or what a prefix becomes: one of them at most. */
    static void requirePaths(@Nullable String path, @Nullable String prefix) {
        if (path != null && prefix != null) {
            throw new IllegalArgumentException("path: beside prefix (expected: one of them)");
        }
        String one = path == null ? prefix : path;
        if (one != null
                && (!one.startsWith("/") || one.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#' || c > 0x7E))) {
            throw new IllegalArgumentException(
                    (path == null ? "prefix: '" : "path: '") + one.replaceAll("\\p{Cntrl}", "?")
                            + "' (expected: a path that starts with '/', without query, percent-encoded)");
        }
    }
}
