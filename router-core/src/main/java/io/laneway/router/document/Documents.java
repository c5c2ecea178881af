package io.laneway.router.document;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parses documents. Safe for many threads. Whatever the bytes are, it returns: what is no document, too large, too deep
 * or blown up by aliases is a problem, not an exception.
 */
public final class Documents {

    /** Largest document, in bytes. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Deepest nesting of lists and mappings. */
    public static final int MAX_DEPTH = 64;

    private Documents() {}

    /** Parses a document whose format its name or first character tells. Null if that is impossible. */
    public static @Nullable Node parse(byte[] bytes, String file, Problems problems) {
        return parse(bytes, file, null, problems);
    }

    /** Parses JSON from the wire. Null if that is impossible. */
    public static @Nullable Node parseJson(byte[] bytes, Problems problems) {
        return parse(bytes, "", Format.JSON, problems);
    }

    /** Parses JSON or YAML from the wire, by its first character. Null if that is impossible. */
    public static @Nullable Node parse(String text, Problems problems) {
        return parse(text.getBytes(StandardCharsets.UTF_8), "", null, problems);
    }

    /** Parses a document of a format; null lets its name or first character tell. Null if that is impossible. */
    public static @Nullable Node parse(byte[] bytes, String file, @Nullable Format format, Problems problems) {
        return parse(bytes, file, format, Integer.MAX_VALUE, problems);
    }

    /** Parses JSON or YAML from the wire that has so many values at most. Null if that is impossible. */
    public static @Nullable Node parse(byte[] bytes, int maxValues, Problems problems) {
        return parse(bytes, "", null, maxValues, problems);
    }

    private static @Nullable Node parse(
            byte[] bytes, String file, @Nullable Format format, int maxValues, Problems problems) {
        String text = Utf8.decode(bytes, file, problems);
        if (text == null) {
            return null;
        }
        Format known = format == null ? Format.of(file, text) : format;
        int before = problems.count();
        Node node = known == Format.JSON
                ? JsonTree.parse(text, file, maxValues, problems)
                : YamlTree.parse(text, file, maxValues, problems);
        return problems.count() == before ? node : null;
    }
}
