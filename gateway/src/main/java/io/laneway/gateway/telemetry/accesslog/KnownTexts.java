package io.laneway.gateway.telemetry.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of texts that come again and again, found by the text's identity: names of the table, addresses, words. As
 * many as there are places; a newcomer takes the place of one that was missed often. Confined to one event loop.
 */
final class KnownTexts {

    private static final int PLACES = 1024;
    private static final int PATIENCE = 16;

    private final @Nullable String[] texts = new String[PLACES];
    private final byte[][] bytes = new byte[PLACES][];
    private final byte[] missed = new byte[PLACES];

    /** The bytes of a text, null if they are not known. */
    byte @Nullable [] get(String text) {
        int place = place(text);
        return isSame(texts[place], text) ? bytes[place] : null;
    }

    void put(String text, byte[] its) {
        int place = place(text);
        if (texts[place] == null || ++missed[place] > PATIENCE) {
            texts[place] = text;
            bytes[place] = its;
            missed[place] = 0;
        }
    }

    /** Identity is enough: an equal text that is another object is only slower. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    private static boolean isSame(@Nullable String known, String text) {
        return known == text;
    }

    private static int place(String text) {
        int hash = text.hashCode();
        return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
    }
}
