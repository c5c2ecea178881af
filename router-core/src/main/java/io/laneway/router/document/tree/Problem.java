package io.laneway.router.document.tree;

import java.util.Objects;

/**
 * One thing that is wrong in a document: where, what, and what was expected instead. Immutable. Written
 * {@code file:line: path: what (expected: …)}.
 *
 * @param file     the file's name, empty where the document came over the wire
 * @param line     from 1, or 0 if unknown
 * @param path     such as {@code services[3].deployments[0].lane}; empty for the document as a whole
 * @param what     what stands there
 * @param expected what was expected, empty if that says nothing more
 */
public record Problem(String file, int line, String path, String what, String expected) {

    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(expected, "expected");
    }

    /** A problem without a place in a file. */
    public static Problem at(String path, String what, String expected) {
        return new Problem("", 0, path, what, expected);
    }

    /** The RFC 6901 pointer of the path, such as {@code /services/3/deployments/0/lane}. */
    public String pointer() {
        return path.isEmpty()
                ? ""
                : "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!file.isEmpty()) {
            text.append(file).append(':').append(line).append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(what);
        if (!expected.isEmpty()) {
            text.append(" (expected: ").append(expected).append(')');
        }
        return text.toString();
    }
}
