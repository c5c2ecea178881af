package io.laneway.gateway.protocol.head;

/**
 * The grammar of {@code Host} and {@code :authority}: a host name, IPv4 address or IPv6 address in brackets, and maybe a
 * port; no user information (RFC 3986 section 3.2, RFC 9110 section 7.2). Stateless.
 */
public final class Authority {

    private static final boolean[] HOST = new boolean[128];
    private static final int MAX_PORT = 65_535;

    static {
        for (char c = 0; c < HOST.length; c++) {
            HOST[c] = Character.isLetterOrDigit(c) || "-._~!$&'()*+;=%".indexOf(c) >= 0;
        }
    }

    private Authority() {}

    /** Whether the bytes are a host and maybe a port. */
    public static boolean isValid(byte[] array, int offset, int length) {
        int end = offset + length;
        int p = offset;
        if (length > 0 && array[p] == '[') {
            p = endOfAddress(array, p + 1, end);
            if (p < 0) {
                return false;
            }
        } else {
            while (p < end && array[p] >= 0 && HOST[array[p]]) {
                p++;
            }
            if (p == offset) {
                return false;
            }
        }
        return p == end || (array[p] == ':' && isPort(array, p + 1, end));
    }

    /** Where the port starts, behind its colon, or -1 if the authority names none. It must be valid. */
    public static int port(byte[] array, int offset, int length) {
        for (int p = offset + length - 1; p >= offset; p--) {
            if (array[p] == ':') {
                return p + 1 == offset + length ? -1 : p + 1;
            }
            if (array[p] < '0' || array[p] > '9') {
                return -1;
            }
        }
        return -1;
    }

    private static int endOfAddress(byte[] array, int start, int end) {
        int p = start;
        while (p < end && array[p] != ']') {
            if (Character.digit(array[p], 16) < 0 && array[p] != ':' && array[p] != '.') {
                return -1;
            }
            p++;
        }
        return p == end || p == start ? -1 : p + 1;
    }

    private static boolean isPort(byte[] array, int start, int end) {
        return start == end
                || (Ascii.parse(array, start, end - start) >= 0 && Ascii.parse(array, start, end - start) <= MAX_PORT);
    }
}
