package io.laneway.gateway.corpus;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An endpoint that notes down, byte for byte, the requests it is sent, with a reader of its own that shares nothing with
 * the gateway's, and responses each with its start line, or with the bytes it was told. Safe for many threads.
 */
final class RecordingEndpoint implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Response told = Response.NONE;

    /**
     * A request as it came.
     *
     * @param head  to its last line, CRLF as line ends
     * @param body  its framing taken off; trailers behind it
     * @param whole whether it came to its end
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Seen(byte[] head, byte[] body, boolean whole) {
        String target() {
            String[] parts = new String(head, StandardCharsets.ISO_8859_1).split(" ", 3);
            return parts.length > 1 ? parts[1] : "";
        }
    }

    /** What to answer instead of the start line, and whether to close behind it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Response(byte[] bytes, boolean close) {
        static final Response NONE = new Response(new byte[0], false);
    }

    RecordingEndpoint() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "recording-endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Forgets what was seen, and how to answer requests other than probes. */
    void begin(Response response) {
        seen.clear();
        told = response;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                more = one(in, socket);
            }
        } catch (IOException e) {
            // the gateway closed the connection; what is not whole was noted down
        } finally {
            open.remove(socket);
        }
    }

    private boolean one(InputStream in, Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = false;
        try {
            whole = head(in, head) && body(in, head.toString(StandardCharsets.ISO_8859_1), body);
        } finally {
            if (head.size() > 0) {
                seen.add(new Seen(head.toByteArray(), body.toByteArray(), whole));
            }
        }
        return whole && response(head.toString(StandardCharsets.ISO_8859_1), socket);
    }

    private boolean response(String head, Socket socket) throws IOException {
        String start = head.substring(0, head.indexOf('\r'));
        Response response = told;
        boolean plain = response.bytes().length == 0 || start.contains(" /probe ");
        if (plain) {
            String length = "Content-Length: " + start.length() + "\r\n";
            String text = "HTTP/1.1 200 OK\r\n" + length + "\r\n" + (start.startsWith("HEAD ") ? "" : start);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        }
        socket.getOutputStream().write(response.bytes());
        return !response.close();
    }

    private static boolean head(InputStream in, ByteArrayOutputStream head) throws IOException {
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            if (c == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return true;
            }
        }
        return false;
    }

    private static boolean body(InputStream in, String head, ByteArrayOutputStream body) throws IOException {
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        int length = lower.indexOf("\r\ncontent-length:");
        if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
            chunked(in, body);
        } else if (length >= 0) {
            int end = lower.indexOf('\r', length + 2);
            exactly(in, Integer.parseInt(lower.substring(length + 17, end).trim()), body);
        }
        return true;
    }

    private static void chunked(InputStream in, ByteArrayOutputStream body) throws IOException {
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            exactly(in, size, body);
            line(in);
        }
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            body.writeBytes(("\r\n" + line).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void exactly(InputStream in, int n, ByteArrayOutputStream body) throws IOException {
        byte[] bytes = in.readNBytes(n);
        body.writeBytes(bytes);
        if (bytes.length < n) {
            throw new EOFException("body of " + n + " ended after " + bytes.length);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed amid a line");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
