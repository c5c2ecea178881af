package io.laneway.gateway.server.listener;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PROXY protocol header, version 1 or 2, as far as it has come. Read strictly: what is not exactly as specified is
 * malformed. Immutable.
 *
 * @param length how many bytes it takes; 0 while it is not whole, negative if it is malformed
 * @param source the client's address, or null if the header does not say
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
record ProxyHeader(int length, @Nullable InetSocketAddress source) {

    private static final ProxyHeader MORE = new ProxyHeader(0, null);
    private static final ProxyHeader MALFORMED = new ProxyHeader(-1, null);

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.ISO_8859_1);
    private static final int V1_LONGEST = 107;
    private static final int V2_FIXED = 16;
    private static final int V2_LONGEST = 4096;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX_STREAM = 0x31;

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String V4 = "(" + OCTET + "(?:\\." + OCTET + "){3})";
    private static final String V6 = "([0-9A-Fa-f:.]{2,45})";
    private static final String PORT = "(0|[1-9]\\d{0,4})";
    private static final Pattern LINE =
            Pattern.compile("PROXY (?:TCP4 " + V4 + " " + V4 + "|TCP6 " + V6 + " " + V6 + ") " + PORT + " " + PORT);

    /** Whether it cannot become one any more. */
    boolean malformed() {
        return length < 0;
    }

    boolean whole() {
        return length > 0;
    }

    /** Reads as much of a header as there is; the buffer's reader index stays. */
    static ProxyHeader read(ByteBuf in) {
        if (begins(in, SIGNATURE)) {
            return in.readableBytes() < V2_FIXED ? MORE : binary(in);
        }
        return begins(in, WORD) ? text(in) : MALFORMED;
    }

    private static boolean begins(ByteBuf in, byte[] word) {
        int n = Math.min(word.length, in.readableBytes());
        for (int i = 0; i < n; i++) {
            if (in.getByte(in.readerIndex() + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static ProxyHeader text(ByteBuf in) {
        int at = in.readerIndex();
        int most = Math.min(in.readableBytes(), V1_LONGEST);
        int lf = in.indexOf(at, at + most, (byte) '\n');
        if (lf < 0) {
            return most == V1_LONGEST ? MALFORMED : MORE;
        }
        if (in.getByte(lf - 1) != '\r') {
            return MALFORMED;
        }
        String line = in.toString(at, lf - 1 - at, StandardCharsets.ISO_8859_1);
        int length = lf + 1 - at;
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return new ProxyHeader(length, null);
        }
        Matcher parts = LINE.matcher(line);
        return parts.matches() ? named(parts, length) : MALFORMED;
    }

    private static ProxyHeader named(Matcher parts, int length) {
        String v4 = parts.group(1);
        String from = v4 == null ? parts.group(3) : v4;
        String to = v4 == null ? parts.group(4) : parts.group(2);
        boolean addresses = v4 != null || (NetUtil.isValidIpV6Address(from) && NetUtil.isValidIpV6Address(to));
        int port = Integer.parseInt(parts.group(5));
        boolean ports = port <= 0xffff && Integer.parseInt(parts.group(6)) <= 0xffff;
        return addresses && ports ? at(length, NetUtil.createByteArrayFromIpAddressString(from), port) : MALFORMED;
    }

    private static ProxyHeader binary(ByteBuf in) {
        int at = in.readerIndex();
        int command = in.getUnsignedByte(at + 12);
        int family = in.getUnsignedByte(at + 13);
        int rest = in.getUnsignedShort(at + 14);
        if ((command != LOCAL && command != PROXY) || rest > V2_LONGEST) {
            return MALFORMED;
        }
        int size = family == TCP4 ? 4 : family == TCP6 ? 16 : 0;
        boolean silent = command == LOCAL || family == UNSPECIFIED || family == UNIX_STREAM;
        if (!silent && (size == 0 || rest < 2 * size + 4)) {
            return MALFORMED;
        }
        if (in.readableBytes() < V2_FIXED + rest) {
            return MORE;
        }
        if (silent) {
            return new ProxyHeader(V2_FIXED + rest, null);
        }
        byte[] address = new byte[size];
        in.getBytes(at + V2_FIXED, address);
        return at(V2_FIXED + rest, address, in.getUnsignedShort(at + V2_FIXED + 2 * size));
    }

    private static ProxyHeader at(int length, byte[] address, int port) {
        try {
            return new ProxyHeader(length, new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes (expected: 4 or 16)", e);
        }
    }
}
