package io.laneway.k8s.inject;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TLS connection of HTTP/1.1 (RFC 9112), request by request. Served by one thread; the time it has and its closing are
 * safe for many.
 */
final class HttpConnection implements Closeable {

    /** Handles one request; blocks for as long as it needs. */
    interface Handler {
        Response handle(Request request);
    }

    /** A response. Immutable. */
    record Response(int status, String body) {}

    /** From the first byte of a request to its last; the API server itself gives up after 5 s. */
    static final Duration REQUEST = Duration.ofSeconds(5);

    /** A request, read whole; the body is not copied. */
    @SuppressWarnings("ArrayRecordComponent")
    record Request(String method, String path, byte[] body) {}

    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final int MAX_HEAD = 16 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final Map<Integer, String> REASONS = Map.of(
            200,
            "OK",
            400,
            "Bad Request",
            404,
            "Not Found",
            411,
            "Length Required",
            413,
            "Content Too Large",
            503,
            "Service Unavailable");

    private final Socket socket;
    private final SSLContext tls;
    private final BodyBudget budget;
    /** When to close it, by {@link System#nanoTime()}. */
    private volatile long until;

    private volatile boolean waits = true;

    HttpConnection(Socket socket, SSLContext tls, BodyBudget budget) {
        this.socket = socket;
        this.tls = tls;
        this.budget = budget;
        allow(REQUEST);
    }

    private void allow(Duration time) {
        until = System.nanoTime() + time.toNanos();
    }

    boolean expired(long now) {
        return now - until > 0;
    }

    /** Whether it waits for a request, or for the rest of one. */
    boolean waits() {
        return waits;
    }

    /** Shakes hands and answers until either side ends. */
    void serve(Handler handler) throws IOException {
        try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true)) {
            secure.setUseClientMode(false);
            secure.startHandshake();
            InputStream in = secure.getInputStream();
            OutputStream out = secure.getOutputStream();
            boolean more = true;
            while (more) {
                allow(IDLE);
                int first = in.read();
                if (first < 0) {
                    return;
                }
                allow(REQUEST);
                more = one(first, in, out, handler);
            }
        }
    }

    private boolean one(int first, InputStream in, OutputStream out, Handler handler) throws IOException {
        String head = head(first, in);
        String[] lines = head.split("\r\n");
        String[] line = lines[0].split(" ");
        Map<String, String> headers = headers(lines);
        if (line.length != 3 || !line[2].startsWith("HTTP/1.")) {
            return answer(out, new Response(400, "HTTP/1.1 expected"), false);
        }
        boolean keep = line[2].equals("HTTP/1.1") && !"close".equalsIgnoreCase(headers.get("connection"));
        int length = length(headers);
        if (length < 0 || headers.containsKey("transfer-encoding")) {
            int status = headers.containsKey("transfer-encoding") ? 411 : 413;
            return answer(out, new Response(status, "a body of at most 4 MiB expected, with its length"), false);
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        Request request = new Request(line[0], line[1].replaceAll("\\?.*", ""), body(in, length));
        try {
            waits = false;
            return answer(out, handler.handle(request), keep);
        } finally {
            waits = true;
            budget.give(length);
        }
    }

    private static String head(int first, InputStream in) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() > MAX_HEAD) {
                throw new IOException("head: cut off, or longer than " + MAX_HEAD + " bytes");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** The length of the body; -1 if it is none that is taken. */
    private static int length(Map<String, String> headers) {
        @Nullable String length = headers.getOrDefault("content-length", "0");
        boolean number = length.matches("[0-9]{1,9}");
        return number && Integer.parseInt(length) <= BodyBudget.MAX_BODY ? Integer.parseInt(length) : -1;
    }

    private byte[] body(InputStream in, int length) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.min(length, CHUNK));
        byte[] chunk = new byte[CHUNK];
        try {
            while (body.size() < length) {
                int count = in.read(chunk, 0, Math.min(chunk.length, length - body.size()));
                if (count < 0) {
                    throw new IOException("body: cut off at " + body.size() + " of " + length + " bytes");
                }
                budget.take(count);
                body.write(chunk, 0, count);
            }
            return body.toByteArray();
        } catch (IOException e) {
            budget.give(body.size());
            throw e;
        }
    }

    private static boolean answer(OutputStream out, Response answer, boolean keep) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status() + " " + REASONS.getOrDefault(answer.status(), "") + "\r\n"
                + "Content-Type: " + (answer.status() == 200 ? "application/json" : "text/plain") + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: " + (keep ? "keep-alive" : "close") + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return keep;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("connection not closed");
        }
    }
}
