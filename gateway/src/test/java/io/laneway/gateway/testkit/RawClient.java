package io.laneway.gateway.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly the bytes it is told to, and reads answers with a plain parser of its own. */
public final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        this.in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /** A response as it was read. Names are in lower case; several lines of one name are joined with a comma. */
    public record Response(
            int status, String reason, Map<String, String> headers, String body, Map<String, String> trailers) {
        public String header(String name) {
            return headers.get(name);
        }
    }

    public static RawClient to(int port) {
        try {
            return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client over a connection that stands. */
    public static RawClient over(Socket socket) {
        try {
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text; {@code \n} is sent as CRLF. For other bytes see {@link #sendRaw}. */
    public RawClient send(String text) {
        return sendRaw(text.replace("\n", "\r\n"));
    }

    /** Sends text as it is, in ISO-8859-1. */
    public RawClient sendRaw(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A GET of a path for service {@code a}. */
    public Response get(String path) {
        return get(path, "");
    }

    /** A GET with further header lines, each ended by {@code \n}. */
    public Response get(String path, String headers) {
        return send("GET " + path + " HTTP/1.1\nHost: a.test\n" + headers + "\n")
                .response();
    }

    /** Reads a response to anything but HEAD. */
    public Response response() {
        return response(false);
    }

    /** Reads a response. */
    public Response response(boolean toHead) {
        try {
            String status = line();
            Map<String, String> headers = headers();
            int code = Integer.parseInt(status.substring(9, 12));
            Map<String, String> trailers = new LinkedHashMap<>();
            String body = "";
            if (!toHead && code >= 200 && code != 204 && code != 304) {
                body = body(headers, trailers);
            }
            return new Response(code, status.length() > 13 ? status.substring(13) : "", headers, body, trailers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (a, b) -> a + "," + b);
        }
        return headers;
    }

    private String body(Map<String, String> headers, Map<String, String> trailers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(in.readNBytes(size));
                line();
            }
            trailers.putAll(headers());
        } else if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length"));
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("body ended after " + bytes.length + " of " + length + " bytes");
            }
            body.write(bytes);
        } else {
            body.write(in.readAllBytes());
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a line without its CRLF. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Reads so many bytes. */
    public String read(int n) {
        try {
            return new String(in.readNBytes(n), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the peer closes without another byte. */
    public boolean closed() {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public Socket socket() {
        return socket;
    }

    /** What comes, behind what was read. */
    public InputStream in() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
