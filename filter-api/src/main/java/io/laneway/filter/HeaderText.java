package io.laneway.filter;

/** What header lines and targets may be made of (RFC 9110 sections 5.5 and 5.6.2, RFC 9112 section 3.2). Stateless. */
final class HeaderText {

    private static final String MARKS = "!#$%&'*+-.^_`|~";
    private static final int MAX_NAME = 256;
    private static final int MAX_VALUE = 16 * 1024;
    private static final int MAX_TARGET = 16 * 1024;
    private static final int DELETE = 0x7f;
    private static final int LAST = 0xff;

    private HeaderText() {}

    static void requireLine(String name, String value) {
        requireName(name);
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + ": " + value.length() + " characters (expected: at most " + MAX_VALUE + ")");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == DELETE || c > LAST) {
                throw new IllegalArgumentException(name + ": character " + (int) c + " at " + i
                        + " (expected: a value without control characters, in ISO-8859-1)");
            }
        }
        if (!value.equals(value.strip())) {
            throw new IllegalArgumentException(name + ": white space around the value (expected: none)");
        }
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name: of " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isToken(name.charAt(i))) {
                throw new IllegalArgumentException(
                        "name: character " + (int) name.charAt(i) + " at " + i + " (expected: a token)");
            }
        }
    }

    private static boolean isToken(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }

    static void requireTarget(String target) {
        if (!target.startsWith("/") || target.length() > MAX_TARGET) {
            throw new IllegalArgumentException(
                    "target: of " + target.length() + " characters (expected: /, and at most " + MAX_TARGET + ")");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= DELETE || c == '#') {
                throw new IllegalArgumentException(
                        "target: character " + (int) c + " at " + i + " (expected: a path and query, percent-encoded)");
            }
        }
    }
}
