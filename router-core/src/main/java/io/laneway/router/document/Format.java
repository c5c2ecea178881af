package io.laneway.router.document;

import java.util.Locale;

/** The two ways to write a document. */
public enum Format {
    YAML,
    JSON;

    /**
     * The format of a document by its file's name; of other and nameless ones by its first character: JSON if that is
     * <code>{</code> or {@code [}.
     */
    static Format of(String file, String text) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return JSON;
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YAML;
        }
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[") ? JSON : YAML;
    }
}
