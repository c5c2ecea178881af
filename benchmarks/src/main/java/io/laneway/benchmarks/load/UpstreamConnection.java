package io.laneway.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * One connection of a proxy to the {@link Upstream}. It reads well-formed requests with a {@code Content-Length} or no body,
 * which is all that proxies under load send. Confined to the upstream's thread.
 */
final class UpstreamConnection {
    private static final ByteBuffer SMALL = response("x".repeat(100));
    private static final ByteBuffer LARGE = response("x".repeat(1 << 20));
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES);
    private final ArrayDeque<ByteBuffer> output = new ArrayDeque<>();
    private long bodyLeft;

    UpstreamConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Reads and responses, or writes on, whatever the socket is ready for. */
    void turn(SelectionKey key) throws IOException {
        if (output.isEmpty()) {
            if (channel.read(input) < 0) {
                channel.close();
                return;
            }
            input.flip();
            answerAll();
            input.compact();
        }
        write();
        key.interestOps(output.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }

    private void answerAll() throws IOException {
        while (true) {
            int dropped = (int) Math.min(bodyLeft, input.remaining());
            input.position(input.position() + dropped);
            bodyLeft -= dropped;
            int length = headLength();
            if (bodyLeft > 0 || length < 0) {
                return;
            }
            String head = new String(input.array(), input.position(), length, StandardCharsets.ISO_8859_1);
            input.position(input.position() + length);
            String declared = field(head, "content-length");
            bodyLeft = declared.isEmpty() ? 0 : Long.parseLong(declared);
            output.add(answer(head));
        }
    }

    /** Bytes of the next head with its empty line, or -1 when it is not whole yet. */
    private int headLength() {
        byte[] bytes = input.array();
        for (int at = input.position(); at + 3 < input.limit(); at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n' && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at + 4 - input.position();
            }
        }
        return -1;
    }

    private ByteBuffer answer(String head) {
        String path = head.substring(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));
        return switch (path) {
            case "/1m" -> LARGE.duplicate();
            case "/check" ->
                response(channel.socket().getLocalPort() + "|" + field(head, "x-forwarded-for") + "|"
                        + field(head, "host"));
            default -> SMALL.duplicate();
        };
    }

    /** The value of the first field of that name (lower case), or an empty string. */
    private static String field(String head, String name) {
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).trim();
            }
        }
        return "";
    }

    private void write() throws IOException {
        while (!output.isEmpty()) {
            ByteBuffer first = output.element();
            channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            output.remove();
        }
    }

    private static ByteBuffer response(String body) {
        String whole = "HTTP/1.1 200 OK\r\nServer: upstream\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        return ByteBuffer.wrap(whole.getBytes(StandardCharsets.ISO_8859_1));
    }
}
