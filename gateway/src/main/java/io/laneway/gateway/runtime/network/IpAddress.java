package io.laneway.gateway.runtime.network;

import java.nio.charset.StandardCharsets;

/**
 * An IP address read from its text (RFC 4291 section 2.2, RFC 6943 section 3.1.1 strictly): an IPv4 address has four
 * decimal numbers without leading zeros, and one mapped into IPv6 is that IPv4 address. A zone (RFC 4007) counts for nothing.
 * Confined to one thread; read again and again without allocation.
 */
public final class IpAddress {

    private static final int GROUPS = 8;
    private static final int MAX_OCTET = 255;
    private static final long MAPPED = 0xffffL;

    private final int[] groups = new int[GROUPS];
    private boolean v4;
    private long high;
    private long low;

    /** Reads an address; false if the text is none, and then nothing here counts. */
    public boolean read(byte[] text, int offset, int length) {
        int end = offset;
        boolean colon = false;
        while (end < offset + length && text[end] != '%') {
            colon |= text[end] == ':';
            end++;
        }
        boolean zoned = end < offset + length;
        if (zoned && (!colon || end + 1 == offset + length)) {
            return false;
        }
        return colon ? readV6(text, offset, end) : readV4(text, offset, end);
    }

    /** As {@link #read(byte[], int, int)}. */
    boolean read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    /** Whether it is one of IPv4, maybe mapped into IPv6. */
    public boolean isV4() {
        return v4;
    }

    /** The upper 64 bits; 0 for IPv4. */
    long high() {
        return high;
    }

    /** The lower 64 bits, of which IPv4 has 32. */
    long low() {
        return low;
    }

    private boolean readV4(byte[] text, int from, int to) {
        long octets = octets(text, from, to);
        v4 = true;
        high = 0;
        low = octets;
        return octets >= 0;
    }

    /** Four decimal numbers as one; -1 for anything else. */
    private static long octets(byte[] text, int from, int to) {
        long all = 0;
        int at = from;
        for (int i = 0; i < 4; i++) {
            if (i > 0 && (at >= to || text[at++] != '.')) {
                return -1;
            }
            int start = at;
            int octet = 0;
            while (at < to && at - start < 3 && text[at] >= '0' && text[at] <= '9') {
                octet = octet * 10 + text[at++] - '0';
            }
            boolean padded = at - start > 1 && text[start] == '0';
            if (at == start || padded || octet > MAX_OCTET) {
                return -1;
            }
            all = all << 8 | octet;
        }
        return at == to ? all : -1;
    }

    private boolean readV6(byte[] text, int from, int to) {
        int count = 0;
        int gap = -1;
        int at = from;
        if (at + 1 < to && text[at] == ':' && text[at + 1] == ':') {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            int next = groupEnd(text, at, to);
            if (next < to && text[next] == '.') {
                long octets = octets(text, at, to);
                if (octets < 0 || count > GROUPS - 2) {
                    return false;
                }
                groups[count++] = (int) (octets >> 16);
                groups[count++] = (int) octets & 0xffff;
                break;
            }
            if (count == GROUPS || next == at || next - at > 4) {
                return false;
            }
            groups[count++] = hex(text, at, next);
            at = next;
            if (at == to) {
                break;
            }
            if (text[at] != ':' || at + 1 == to) {
                return false;
            }
            at++;
            if (text[at] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            }
        }
        return spread(count, gap);
    }

    private static int groupEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && Character.digit(text[at], 16) >= 0) {
            at++;
        }
        return at;
    }

    private static int hex(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | Character.digit(text[i], 16);
        }
        return value;
    }

    /** Puts the groups behind {@code ::} at the end; it stands for one group at least. */
    private boolean spread(int count, int gap) {
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        int tail = gap < 0 ? 0 : count - gap;
        high = 0;
        low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int from = gap < 0 || i < gap ? i : i - (GROUPS - tail) + gap;
            int group = gap >= 0 && i >= gap && i < GROUPS - tail ? 0 : groups[from];
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        v4 = high == 0 && low >>> 32 == MAPPED;
        if (v4) {
            low &= 0xffffffffL;
        }
        return true;
    }
}
