package io.laneway.gateway.runtime.network;

/**
 * The addresses with one prefix (CIDR notation, RFC 4632), of IPv4 or IPv6. Immutable.
 *
 * @param text as it was written
 * @param v4   whether its addresses are of IPv4
 * @param from the first address: its upper 64 bits, 0 for IPv4
 * @param low  and its lower ones
 * @param bits how many leading bits are the same for all, of 32 or 128
 */
public record Network(String text, boolean v4, long from, long low, int bits) {

    private static final String EXPECTED = "a network such as 10.0.0.0/8 or 2001:db8::/32, or an address";
    private static final int MAPPED_BITS = 96;

    /**
     * Reads {@code 10.0.0.0/8}, or one address.
     *
     * @throws IllegalArgumentException if the text is none, or has bits behind its prefix: it may be mistyped
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        IpAddress ip = new IpAddress();
        if (address.indexOf('%') >= 0 || !ip.read(address)) {
            throw new IllegalArgumentException("'" + text + "' (expected: " + EXPECTED + ")");
        }
        int whole = ip.isV4() ? 32 : 128;
        int bits = slash < 0 ? whole : prefix(text, slash, ip.isV4() && address.indexOf(':') >= 0, whole);
        Network network = new Network(text, ip.isV4(), ip.high(), ip.low(), bits);
        if ((network.from & ~network.highMask()) != 0 || (network.low & ~network.lowMask() & width(whole)) != 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has bits set behind its prefix (expected: the first address of the network)");
        }
        return network;
    }

    private static int prefix(String text, int slash, boolean mapped, int whole) {
        String digits = text.substring(slash + 1);
        int least = mapped ? MAPPED_BITS : 0;
        int most = mapped ? 128 : whole;
        boolean number = digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int bits = number && !digits.isEmpty() ? Integer.parseInt(digits) : -1;
        if (bits < least || bits > most || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a prefix of " + least + " to " + most + " bits)");
        }
        return bits - least;
    }

    private static long width(int whole) {
        return whole == 32 ? 0xffffffffL : -1;
    }

    private static long leading(int count) {
        return count <= 0 ? 0 : count >= 64 ? -1 : -1L << (64 - count);
    }

    private long highMask() {
        return v4 ? -1 : leading(bits);
    }

    private long lowMask() {
        return v4 ? leading(32 + bits) : leading(bits - 64);
    }

    /** The upper bits of the last address. */
    long lastHigh() {
        return from | ~highMask();
    }

    /** The lower bits of the last address. */
    long lastLow() {
        return low | (~lowMask() & width(v4 ? 32 : 128));
    }

    @Override
    public String toString() {
        return text;
    }
}
