package io.laneway.control;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the watch that keeps every event. */
public final class TestWatch implements AutoCloseable {

    private final Socket connection;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String lastId = "";
    private volatile boolean ended;

    /** One event. */
    public record Event(String name, long id, JsonObject data, long nanos) {}

    private TestWatch(Socket connection) {
        this.connection = connection;
    }

    /** Opens a watch over a socket of its own, so that closing it is at once. */
    public static TestWatch open(String url, String... headers) {
        return open("GET", url, "", headers);
    }

    /** Opens the watch of a part. */
    public static TestWatch part(String url, String interest, String... headers) {
        return open("POST", url, interest, headers);
    }

    private static TestWatch open(String method, String url, String body, String... headers) {
        URI uri = URI.create(url);
        try {
            Socket connection = new Socket(uri.getHost(), uri.getPort());
            String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            connection
                    .getOutputStream()
                    .write((method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers)
                                    + "content-length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = connection.getInputStream();
            TestWatch watch = new TestWatch(connection);
            Thread reader = new Thread(() -> watch.read(in), "test-watch");
            reader.setDaemon(true);
            reader.start();
            return watch;
        } catch (IOException e) {
            throw new IllegalStateException(url, e);
        }
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            lines.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return lines.toString();
    }

    private void read(InputStream in) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new Dechunked(in), StandardCharsets.UTF_8))) {
            String name = "";
            long id = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                    id = Long.parseLong(lastId.substring(lastId.lastIndexOf('-') + 1));
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, id, new JsonObject(line.substring(6)), System.nanoTime()));
                }
            }
        } catch (IOException e) {
            events.add(new Event("closed", -1, new JsonObject(), System.nanoTime()));
        }
        ended = true;
    }

    /** The next event, waited for at most a minute. */
    public Event next() {
        try {
            Event event = events.poll(60, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event of the watch within a minute");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next event of a name; others are passed over. */
    public Event next(String name) {
        Event event = next();
        while (!event.name().equals(name)) {
            event = next();
        }
        return event;
    }

    /** Whether the control API ended it. */
    public boolean ended() {
        return ended;
    }

    /** The id of the event that came last, as a browser sends it when it comes again. */
    public String lastId() {
        return lastId;
    }

    /** Whether an event is waiting. */
    public boolean quiet() {
        return events.isEmpty();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of a chunked answer (RFC 9112 section 7.1), after its head. */
    private static final class Dechunked extends InputStream {
        private final BufferedInputStream in;
        private int left;

        Dechunked(InputStream raw) throws IOException {
            in = new BufferedInputStream(raw);
            if (!line().contains(" 200 ")) {
                throw new IOException("not 200");
            }
            String header = line();
            while (!header.isEmpty()) {
                header = line();
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                left = Integer.parseInt(line(), 16);
                if (left == 0) {
                    return -1;
                }
            }
            int count = in.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, count);
            if (left == 0) {
                line();
            }
            return count;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
