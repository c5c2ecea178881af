package io.laneway.replay.har;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.laneway.replay.Records;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.RecordedSocket;
import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.JsonTree;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarTest {

    private static final Path FIREFOX = Path.of("src/test/resources/io/laneway/replay/har/firefox.har");

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenComesBack() throws IOException {
        List<RecordedExchange> all = List.of(text(), binary(), socket());

        Path file = write(all);

        assertThat(read(file)).isEqualTo(all);
    }

    @Test
    void anEntryHasWhatTheFormAsksFor() throws IOException {
        byte[] bytes = Files.readAllBytes(write(List.of(text())));
        JsonObject log =
                JsonObject.of("", JsonTree.parse(bytes, 0, bytes.length)).object("log");
        JsonObject entry = log.objects("entries").get(0);

        assertThat(log.text("version")).isEqualTo("1.2");
        assertThat(log.object("creator").members().keySet()).hasToString("[name, version]");
        assertThat(entry.members().containsKey("cache")).isTrue();
        assertThat(entry.object("request").text("url")).isEqualTo("https://shop.example.com/orders?page=2&x");
        assertThat(entry.object("request").objects("queryString").get(0).text("value"))
                .isEqualTo("2");
        for (String name : List.of("method", "httpVersion", "cookies", "headers", "headersSize", "bodySize")) {
            assertThat(entry.object("request").has(name)).as(name).isTrue();
        }
        for (String name : List.of("status", "statusText", "cookies", "content", "redirectURL", "headersSize")) {
            assertThat(entry.object("response").has(name)).as(name).isTrue();
        }
        assertThat(entry.object("timings").number("send", -1)
                        + entry.object("timings").number("wait", -1)
                        + entry.object("timings").number("receive", -1))
                .isEqualTo(entry.number("time", 0));
    }

    @Test
    void anArchiveOfABrowserIsRead() throws IOException {
        List<RecordedExchange> all = read(FIREFOX);

        assertThat(all).hasSize(2);
        RecordedExchange post = all.get(0);
        RecordedResponse response = Objects.requireNonNull(post.response());
        assertThat(post.time()).isEqualTo(Instant.parse("2026-11-30T01:30:00.250Z"));
        assertThat(post.firstByte()).isEqualTo(Duration.ofNanos(12_500_000));
        assertThat(post.request().protocol()).isEqualTo("HTTP/2");
        assertThat(post.request().target()).isEqualTo("/orders?filter=%7Bnew%7D&q=a%7Cb");
        assertThat(post.request().headers()).extracting(Field::name).containsExactly("Host", "Content-Type");
        assertThat(new String(post.request().body().bytes(), UTF_8)).isEqualTo("a=1&b=%20");
        assertThat(response.body())
                .isEqualTo(new RecordedBody("{\"ok\":true}".getBytes(UTF_8), 35, false, "gzip", null));
        assertThat(all.get(1).response()).isNull();
        assertThat(all.get(1).request().target()).isEqualTo("/");
    }

    @Test
    void whatIsNoArchiveSaysWhere() throws IOException {
        assertThat(failure("{\"log\":{\"version\":\"1.2\"}}"))
                .contains(":1: no entries (expected: an HTTP Archive 1.2");
        assertThat(failure("hello")).endsWith(":1: no JSON (expected: an HTTP Archive 1.2)");
        assertThat(failure("{\"log\":{\"entries\":[\n{\"request\":{}}]}}"))
                .endsWith(":2: entries[0].response: not there (expected: an object)");
    }

    /** What Chrome writes of a WebSocket. */
    @Test
    void webSocketsOfABrowserAreRead() throws IOException {
        Path file = Files.writeString(directory.resolve("chrome.har"), """
            {"log":{"version":"1.2","entries":[{
              "_resourceType":"websocket",
              "_webSocketMessages":[
                {"type":"send","time":1796002200.5,"opcode":1,"data":"{\\"a\\":1}"},
                {"type":"receive","time":1796002201.25,"opcode":2,"data":"AP8="}],
              "request":{"method":"GET","url":"wss://shop.example.com/chat","httpVersion":"HTTP/1.1","headers":[]},
              "response":{"status":101,"headers":[],"content":{}},
              "startedDateTime":"2026-11-30T01:30:00.000Z","time":3000}]}}
            """);

        RecordedExchange socket = read(file).get(0);
        RecordedSocket frames = Objects.requireNonNull(socket.socket());
        assertThat(socket.request().scheme()).isEqualTo("https");
        assertThat(frames.last()).isTrue();
        assertThat(frames.frames())
                .extracting(RecordedFrame::client, RecordedFrame::opcode, RecordedFrame::after)
                .containsExactly(tuple(true, 1, Duration.ofMillis(500)), tuple(false, 2, Duration.ofMillis(1_250)));
        assertThat(frames.frames().get(1).payload().bytes()).containsExactly(0, -1);
    }

    private String failure(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.har"), text);
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).satisfies(e -> thrown[0] = e);
        return String.valueOf(thrown[0].getMessage());
    }

    private static RecordedExchange text() {
        return Records.record()
                .target("/orders?page=2&x")
                .header("accept", "*/*")
                .body("text/plain", "é")
                .responseHeader("location", "/x")
                .responseBody("text/plain", "ok")
                .make();
    }

    private static RecordedExchange binary() {
        Records record = Records.record().body("application/grpc", new byte[] {0, -1});
        record.responseHeader("content-encoding", "br");
        record.responseBody = new RecordedBody(new byte[] {-1, 0}, 900, true, null, null);
        record.responseTrailers.add(new Field("grpc-status", "0"));
        record.requestTrailers.add(new Field("x-end", "1"));
        return record.make();
    }

    private static RecordedExchange socket() {
        RecordedExchange request = Records.record().target("/chat").make();
        RecordedBody cut = new RecordedBody("ab".getBytes(UTF_8), 9, true, "permessage-deflate", null);
        return request.with(new RecordedSocket(
                1,
                false,
                2,
                List.of(
                        new RecordedFrame(true, Duration.ofNanos(1_500_000), 1, 2, 0, cut),
                        new RecordedFrame(false, Duration.ofMillis(2), 2, 1, 0, RecordedBody.whole(new byte[] {0, -1})),
                        new RecordedFrame(true, Duration.ofMillis(3), 9, 1, 0, RecordedBody.whole(new byte[] {-1})),
                        new RecordedFrame(false, Duration.ofMillis(4), 8, 1, 1001, RecordedBody.NONE))));
    }

    private Path write(List<RecordedExchange> all) throws IOException {
        Path file = directory.resolve("out.har");
        try (Writer out = Files.newBufferedWriter(file);
                HarWriter writer = new HarWriter(out, "0.1.0")) {
            for (RecordedExchange exchange : all) {
                writer.write(exchange);
            }
        }
        return file;
    }

    private static List<RecordedExchange> read(Path file) throws IOException {
        List<RecordedExchange> all = new ArrayList<>();
        try (HarReader reader = HarReader.open(file)) {
            for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }
}
