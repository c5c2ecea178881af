package io.laneway.router.model.replay;

/** Bounds of texts in rules. Stateless. */
final class TextLengths {

    private TextLengths() {}

    /**
     * Checks a text.
     *
     * @param key of the text in its document
     * @throws IllegalArgumentException if it has more characters
     */
    static void require(String key, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    key + ": " + text.length() + " characters (expected: at most " + most + ")");
        }
    }
}
