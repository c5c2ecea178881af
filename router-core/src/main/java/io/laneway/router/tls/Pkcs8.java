package io.laneway.router.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in one form. Many Secrets, such as those of cert-manager, have keys in the older forms of PKCS#1 (RSA, RFC 8017)
 * and SEC 1 (EC, RFC 5915), which PKCS#8 (RFC 5208) wraps. Stateless.
 */
public final class Pkcs8 {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final int LONG_FORM = 0x80;
    private static final int MAX_BYTE = 0xFF;
    private static final int LINE = 64;

    private Pkcs8() {}

    /**
     * The key in PEM and PKCS#8.
     *
     * @throws IllegalArgumentException if there is no private key, or one in another form
     */
    public static String of(String pem) {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der(pem));
        return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    }

    /** The same in DER. */
    static byte[] der(String pem) {
        Matcher key = PEM.matcher(pem);
        if (!key.find()) {
            throw new IllegalArgumentException("no private key in PEM (expected: PKCS#8, PKCS#1 or SEC 1)");
        }
        byte[] der = Base64.getMimeDecoder().decode(key.group(2));
        try {
            return switch (key.group(1)) {
                case "RSA PRIVATE KEY" -> wrapped(RSA, der);
                case "EC PRIVATE KEY" -> wrapped(tagged(SEQUENCE, joined(EC, curve(der))), der);
                default -> der;
            };
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a private key that is cut off (expected: a whole one)", e);
        }
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, joined(VERSION, algorithm, tagged(OCTETS, key)));
    }

    /** The curve's name, which SEC 1 has behind version and key. */
    private static byte[] curve(byte[] der) {
        ByteBuffer in = ByteBuffer.wrap(der);
        in.get();
        length(in);
        while (in.hasRemaining()) {
            int tag = in.get() & MAX_BYTE;
            byte[] content = new byte[length(in)];
            in.get(content);
            if (tag == PARAMETERS) {
                return content;
            }
        }
        throw new IllegalArgumentException("no curve of an EC key (expected: a named one)");
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & MAX_BYTE;
        if (first < LONG_FORM) {
            return first;
        }
        int length = 0;
        for (int i = first - LONG_FORM; i > 0; i--) {
            length = (length << Byte.SIZE) | (in.get() & MAX_BYTE);
        }
        return Math.min(length, in.remaining());
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < LONG_FORM
                ? new byte[] {(byte) tag, (byte) length}
                : length <= MAX_BYTE
                        ? new byte[] {(byte) tag, (byte) (LONG_FORM + 1), (byte) length}
                        : new byte[] {(byte) tag, (byte) (LONG_FORM + 2), (byte) (length >> Byte.SIZE), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
