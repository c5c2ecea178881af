package io.laneway.control.question;

import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch;
import io.laneway.control.TestWatch.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A gateway as the control API sees it: it watches, reports, and answers what a test tells it to. */
final class FakeGateway implements AutoCloseable {

    private final String id;
    private final String url;
    private final TestWatch watch;

    private FakeGateway(String id, String url, TestWatch watch) {
        this.id = id;
        this.url = url;
        this.watch = watch;
    }

    /** One that reports and watches; without kinds an old one. */
    static FakeGateway start(String id, TestControl control, String... kinds) {
        return start(id, control, List.of(), kinds);
    }

    static FakeGateway start(String id, TestControl control, List<String> headers, String... kinds) {
        String[] token = headers.toArray(new String[0]);
        TestWatch watch = TestWatch.open(control.api().url() + "/v1/table/watch?from=1&gateway=" + id, token);
        JsonObject report = new JsonObject().put("version", "0.9").put("started", "1");
        if (kinds.length > 0) {
            report.put("questions", new JsonArray(List.of(kinds)));
        }
        Answer reported = control.post("/v1/gateways/" + id + "/report", report.encode(), token);
        if (reported.status() != 200) {
            throw new IllegalStateException(reported.body());
        }
        return new FakeGateway(id, control.api().url(), watch);
    }

    String id() {
        return id;
    }

    /** The next question of the watch. */
    JsonObject question() {
        Event event = watch.next();
        while (!event.name().equals("question")) {
            event = watch.next();
        }
        return event.data();
    }

    boolean quiet() {
        return watch.quiet();
    }

    /** Answers with records. */
    Answer answer(JsonObject question, JsonObject... records) {
        return answer(
                url,
                question,
                new JsonObject().put("records", new JsonArray(List.of(records))).encode());
    }

    Answer answer(String to, JsonObject question, String body) {
        return TestControl.send(to, "POST", path(question), body);
    }

    private String path(JsonObject question) {
        return "/v1/gateways/" + id + "/answers/" + question.getString("id");
    }

    /** Begins to answer with lines, to a replica. */
    Lines lines(String to, JsonObject question, String... headers) {
        return new Lines(to, path(question), headers);
    }

    /** A streamed answer, over a socket of its own. */
    static final class Lines implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;

        Lines(String to, String path, String... headers) {
            URI uri = URI.create(to);
            try {
                socket = new Socket(uri.getHost(), uri.getPort());
                out = socket.getOutputStream();
                write("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jsonl\r\n"
                        + (headers.length == 0 ? "" : headers[0] + ": " + headers[1] + "\r\n")
                        + "Transfer-Encoding: chunked\r\n\r\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Sends text as a chunk; false if the other side has closed. */
        boolean send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try {
                write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        /** The first line of what the control API responds, once it wants no more. */
        String response() {
            try {
                socket.setSoTimeout(30_000);
                return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
            } catch (IOException e) {
                return "broken: " + e.getMessage();
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
