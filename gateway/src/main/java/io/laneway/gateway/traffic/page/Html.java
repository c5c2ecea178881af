package io.laneway.gateway.traffic.page;

/**
 * Writes text so that a browser takes no part of it for markup: in elements, and in values of attributes with quotes or
 * without. Signs that end or extend a string of a script are escaped as well, though no page should put a value there.
 * Stateless.
 */
final class Html {

    private static final char UNKNOWN = '\ufffd';

    private Html() {}

    static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&', '<', '>', '"', '\'', '`', '=', '\\', '$', '{', '}' ->
                    out.append("&#").append((int) c).append(';');
                default -> out.append(Character.isISOControl(c) ? UNKNOWN : c);
            }
        }
    }
}
