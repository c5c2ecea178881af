package io.laneway.gateway.telemetry.accesslog;

/** Finds well-formed characters of UTF-8 beyond ASCII (Unicode standard, table 3-7). Stateless. */
final class Utf8 {

    /** Most bytes of a character. */
    static final int LONGEST = 4;

    private Utf8() {}

    /** How many bytes the character at a place has; 0 if it is not well-formed, or longer than {@code left}. */
    static int length(byte[] array, int at, int left) {
        int first = array[at] & 0xff;
        int n = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (n == 0 || n > left || !second(first, array[at + 1] & 0xff)) {
            return 0;
        }
        for (int i = 2; i < n; i++) {
            if ((array[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return n;
    }

    /** No overlong forms, surrogates, or what is beyond the last character. */
    private static boolean second(int first, int second) {
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return second >= low && second <= high;
    }

    /** Whether the well-formed character at a place is one of the controls U+0080 to U+009F. */
    static boolean isControl(byte[] array, int at) {
        return array[at] == (byte) 0xc2 && (array[at + 1] & 0xff) < 0xa0;
    }
}
