package io.laneway.replay.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.laneway.replay.Records;
import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The golden file is what is written, can be read, and is as the published schema says. */
class LinesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/laneway/replay/form/golden.jsonl");
    private static final Path SCHEMA = Path.of("../docs/reference/recording.schema.json");
    private static final RecordingHeader HEADER =
            new RecordingHeader("orders", "gw-1", Instant.parse("2026-11-30T01:30:00Z"), true);

    @Test
    void whatIsWrittenIsTheGoldenFile() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter.header(HEADER, out);
        for (RecordedExchange exchange : exchanges()) {
            LineWriter.exchange(exchange, out);
        }
        if (Boolean.getBoolean("laneway.golden.write")) {
            Files.write(GOLDEN, out.toByteArray());
        }

        assertThat(out.toString(UTF_8)).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void theGoldenFileIsRead() throws IOException {
        List<JsonObject> lines =
                Files.readAllLines(GOLDEN).stream().map(LinesTest::parse).toList();

        assertThat(LineReader.isHeader(lines.get(0))).isTrue();
        assertThat(LineReader.header(lines.get(0))).isEqualTo(HEADER);
        assertThat(lines.stream().skip(1).map(LineReader::exchange)).containsExactlyElementsOf(exchanges());
    }

    @Test
    void membersOfLaterProgramsAreLeft() {
        JsonObject line = parse(
                "{\"id\":\"a\",\"time\":\"2026-11-30T01:30:00Z\",\"later\":{\"x\":[1]},\"request\":"
                        + "{\"protocol\":\"HTTP/2\",\"method\":\"GET\",\"scheme\":\"https\",\"authority\":\"a\",\"target\":\"/\"}}");

        assertThat(LineReader.exchange(line).request().method()).isEqualTo("GET");
    }

    @Test
    void eachLineIsAsTheSchemaSays() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);

        for (String line : Files.readAllLines(GOLDEN)) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        assertThat(schema.validate("{\"id\":7,\"time\":\"x\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    private static JsonObject parse(String line) {
        try {
            byte[] bytes = line.getBytes(UTF_8);
            return JsonObject.of("line", JsonTree.parse(bytes, 0, bytes.length)).atRoot();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One with everything, a call of gRPC, and one with next to nothing. */
    private static List<RecordedExchange> exchanges() {
        Records full = Records.record()
                .target("/orders?page=2")
                .header("accept", "text/plain")
                .body("text/plain", "hello \"é\"\n")
                .responseHeader("content-encoding", "gzip");
        full.responseBody = new RecordedBody("[1,2".getBytes(UTF_8), 70_000, true, "gzip", null);
        Records call =
                Records.record().target("/shop.Orders/List").body("application/grpc", new byte[] {0, 0, 0, 0, 1, -1});
        call.requestTrailers.add(new Field("x-end", "1"));
        call.responseTrailers.add(new Field("grpc-status", "5"));
        call.responseBody = new RecordedBody(new byte[0], 12, false, null, "content-encoding: br");
        RecordedExchange bare = new RecordedExchange(
                "r-3",
                "",
                "",
                Instant.parse("2026-11-30T01:30:01Z"),
                Duration.ZERO,
                Duration.ZERO,
                RecordedDecision.NONE,
                new RecordedRequest("HTTP/2", "GET", "http", "a", "/", List.of(), RecordedBody.NONE, List.of()),
                null,
                "UF",
                List.of("request.query.token"));
        return List.of(full.make(), call.make(), bare, socket(1), socket(2));
    }

    /** Parts of a WebSocket: one with everything, and its end. */
    private static RecordedExchange socket(int part) {
        Records request = Records.record().target("/chat").header("upgrade", "websocket");
        request.method = "GET";
        List<RecordedFrame> frames = part == 1
                ? List.of(
                        frame(true, 1, 2, 0, RecordedBody.whole("{\"a\":1}".getBytes(UTF_8))),
                        frame(false, 2, 1, 0, RecordedBody.whole(new byte[] {0, -1})),
                        frame(
                                false,
                                1,
                                1,
                                0,
                                new RecordedBody("ab".getBytes(UTF_8), 9, true, "permessage-deflate", null)),
                        frame(false, 1, 1, 0, new RecordedBody(new byte[0], 9, false, null, "extension: x")),
                        frame(true, 9, 1, 0, RecordedBody.NONE))
                : List.of(frame(true, 8, 1, 1000, RecordedBody.whole("bye".getBytes(UTF_8))));
        return request.make().with(new RecordedSocket(part, part == 2, part == 1 ? 3 : 0, frames));
    }

    private static RecordedFrame frame(boolean client, int opcode, int fragments, int code, RecordedBody payload) {
        return new RecordedFrame(client, Duration.ofNanos(12_345_000), opcode, fragments, code, payload);
    }
}
