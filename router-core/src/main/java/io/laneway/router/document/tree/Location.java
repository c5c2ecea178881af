package io.laneway.router.document.tree;

import org.jspecify.annotations.Nullable;

/**
 * Where a node stands in its document. Immutable.
 *
 * @param file   the file's name, empty where the document came over the wire
 * @param parent the place of the mapping or list around it; null for the root
 * @param key    its key in a mapping, empty otherwise
 * @param index  its index in a list, -1 otherwise
 * @param line   from 1; of a mapping's member the line of its key; 0 if unknown
 */
public record Location(String file, @Nullable Location parent, String key, int index, int line) {

    /** The root of a document. */
    public static Location root(String file, int line) {
        return new Location(file, null, "", -1, line);
    }

    public Location member(String key, int line) {
        return new Location(file, this, key, -1, line);
    }

    public Location item(int index, int line) {
        return new Location(file, this, "", index, line);
    }

    /** The path from the root, such as {@code services[3].deployments[0].lane}. */
    public String path() {
        StringBuilder path = new StringBuilder();
        append(path);
        return path.toString();
    }

    /** A problem here. */
    public Problem problem(String what, String expected) {
        return new Problem(file, line, path(), what, expected);
    }

    private void append(StringBuilder path) {
        if (parent == null) {
            return;
        }
        parent.append(path);
        if (index >= 0) {
            path.append('[').append(index).append(']');
        } else {
            path.append(path.isEmpty() ? "" : ".").append(key);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + path();
    }
}
