package io.laneway.gateway.protocol.http1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes new inputs from known ones: bytes changed, put in, taken out, doubled, and the ends of two joined. */
final class Mutations {

    private static final byte[][] PIECES = bytes(
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            ":",
            ",",
            ";",
            "\0",
            "\u007f",
            "\u0080",
            "0",
            "ffffffff",
            "-",
            "+",
            "0x",
            "Transfer-Encoding: chunked\r\n",
            "Content-Length: 5\r\n",
            "Host: b.test\r\n",
            "\r\n\r\n",
            "chunked",
            "Connection: close\r\n",
            "HTTP/1.1",
            "0\r\n\r\n",
            "5\r\n",
            "%2e%2e/",
            "GET / HTTP/1.1\r\nHost: c.test\r\n\r\n");

    private final List<byte[]> seeds;
    private final SplittableRandom chance;

    Mutations(List<byte[]> seeds, SplittableRandom chance) {
        this.seeds = seeds.stream().filter(seed -> seed.length < 3000).toList();
        this.chance = chance;
    }

    private static byte[][] bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    byte[] next() {
        byte[] input = seeds.get(chance.nextInt(seeds.size()));
        for (int n = chance.nextInt(4); n > 0; n--) {
            input = mutated(input);
        }
        return input;
    }

    private byte[] mutated(byte[] input) {
        int at = chance.nextInt(input.length + 1);
        int to = Math.min(input.length, at + chance.nextInt(12));
        byte[] piece = PIECES[chance.nextInt(PIECES.length)];
        return switch (chance.nextInt(5)) {
            case 0 -> joined(input, at, piece, at);
            case 1 -> joined(input, at, new byte[0], to);
            case 2 -> joined(input, at, piece, to);
            case 3 -> joined(input, to, input, at);
            default -> joined(input, at, new byte[] {(byte) chance.nextInt(256)}, to);
        };
    }

    /** The input up to {@code head}, a piece, the input from {@code tail} on. */
    private static byte[] joined(byte[] input, int head, byte[] piece, int tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, head);
        out.writeBytes(piece.length > 200 ? Arrays.copyOf(piece, 200) : piece);
        out.write(input, tail, input.length - tail);
        return out.toByteArray();
    }

    /** Cuts an input into a few pieces, down to single bytes. */
    byte[][] cut(byte[] input) {
        int most = 1 + chance.nextInt(20);
        byte[][] pieces = new byte[input.length][];
        int n = 0;
        for (int at = 0; at < input.length; n++) {
            int to = Math.min(input.length, at + 1 + chance.nextInt(most));
            pieces[n] = Arrays.copyOfRange(input, at, to);
            at = to;
        }
        return Arrays.copyOf(pieces, n);
    }
}
