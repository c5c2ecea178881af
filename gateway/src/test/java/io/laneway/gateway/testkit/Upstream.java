package io.laneway.gateway.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that does what a script says, one thread for each connection. Remembers the requests it read. */
public final class Upstream implements AutoCloseable {

    /** What an endpoint does with one connection, until it returns; then the connection is closed. */
    @FunctionalInterface
    public interface Script {
        void run(Conversation conversation) throws IOException;
    }

    /** Answers one request with bytes; {@code \n} is sent as CRLF. */
    @FunctionalInterface
    public interface Responder {
        String response(Request request);
    }

    /** A request as it was read: its head as text with {@code \n}, and its body after its framing was taken off. */
    public record Request(String head, String body) {
        /** The value of the first line of that name, or null. */
        public String header(String name) {
            for (String line : head.split("\n")) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).trim();
                }
            }
            return null;
        }

        public String startLine() {
            return head.substring(0, head.indexOf('\n'));
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    private Upstream(Script script, int port) {
        this(script, listen(port));
    }

    private Upstream(Script script, ServerSocket server) {
        this.script = script;
        this.server = server;
        Thread thread = new Thread(this::accept, "upstream-" + server.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An endpoint that follows a script on every connection to a socket, which may speak TLS. */
    public static Upstream scripted(ServerSocket server, Script script) {
        return new Upstream(script, server);
    }

    /** An endpoint on a socket, which may speak TLS, that answers 200 with this text as body. */
    public static Upstream saying(ServerSocket server, String text) {
        return new Upstream(
                responses(request -> "HTTP/1.1 200 OK\nContent-Length: " + text.length() + "\n\n" + text), server);
    }

    /** An endpoint that follows a script on every connection. */
    public static Upstream scripted(Script script) {
        return new Upstream(script, 0);
    }

    /** An endpoint that answers every request and keeps its connections. */
    public static Upstream responding(Responder responder) {
        return new Upstream(responses(responder), 0);
    }

    /** An endpoint that answers 200 with this text as body. */
    public static Upstream saying(String text) {
        return saying(text, 0);
    }

    /** As {@link #saying(String)}, without remembering requests, for loads that last. */
    public static Upstream tireless(String text) {
        String response = "HTTP/1.1 200 OK\nContent-Length: " + text.length() + "\n\n" + text;
        return scripted(conversation -> {
            while (conversation.pass() != null) {
                conversation.send(response);
            }
        });
    }

    /** The same as {@link #saying(String)} on that port. */
    public static Upstream saying(String text, int port) {
        return new Upstream(
                responses(request -> "HTTP/1.1 200 OK\nContent-Length: " + text.length() + "\n\n" + text), port);
    }

    private static Script responses(Responder responder) {
        return conversation -> {
            for (Request request = conversation.read(); request != null; request = conversation.read()) {
                conversation.send(responder.response(request));
            }
        };
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "upstream-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.run(new Conversation(socket));
        } catch (IOException e) {
            // the peer went away, which is part of many scripts
        } finally {
            open.remove(socket);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were accepted. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open. */
    public int open() {
        return open.size();
    }

    /** The requests read so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Closes every open connection, and continues to listen. */
    public void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Resets every open connection. */
    public void reset() throws IOException {
        for (Socket socket : open) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection, from the endpoint's side. */
    public final class Conversation {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Conversation(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        public Socket socket() {
            return socket;
        }

        public InputStream in() {
            return in;
        }

        /** Sends text; {@code \n} is sent as CRLF. */
        public void send(String text) throws IOException {
            sendRaw(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        public void sendRaw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Reads a whole request and remembers it; null if the peer closed. */
        public Request read() throws IOException {
            Request request = pass();
            if (request != null) {
                requests.add(request);
            }
            return request;
        }

        /** As {@link #read}, without remembering it, for loads that last. */
        public Request pass() throws IOException {
            String head = head();
            if (head == null) {
                return null;
            }
            Request bare = new Request(head, "");
            String length = bare.header("content-length");
            String body = "";
            if ("chunked".equals(bare.header("transfer-encoding"))) {
                body = chunked();
            } else if (length != null) {
                body = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1);
            }
            return new Request(head, body);
        }

        /** Reads a head, to its empty line; null if the peer closed. */
        public String head() throws IOException {
            StringBuilder head = new StringBuilder();
            for (String line = line(); line != null; line = line()) {
                if (line.isEmpty()) {
                    return head.toString();
                }
                head.append(line).append('\n');
            }
            return null;
        }

        private String chunked() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = size(); size > 0; size = size()) {
                body.write(in.readNBytes(size));
                line();
            }
            StringBuilder trailers = new StringBuilder();
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                trailers.append('|').append(line);
            }
            return body.toString(StandardCharsets.ISO_8859_1) + trailers;
        }

        private int size() throws IOException {
            String line = line();
            if (line == null) {
                throw new java.io.EOFException("closed amid a body");
            }
            return Integer.parseInt(line, 16);
        }

        /** Reads a line without its CRLF; null at the end. */
        public String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    String text = line.toString(StandardCharsets.ISO_8859_1);
                    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
                }
                line.write(c);
            }
            return null;
        }
    }
}
