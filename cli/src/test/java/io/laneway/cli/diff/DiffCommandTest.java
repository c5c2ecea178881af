package io.laneway.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ReplayedResponse;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.result.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiffCommandTest {

    private static final Instant TIME = Instant.parse("2026-11-30T01:30:00Z");

    /** {@code message Order { int64 id = 1; int64 price = 2; } service Orders { rpc Get(Order) returns (Order); }} */
    private static final String ORDERS = "CmsKDG9yZGVycy5wcm90bxIEc2hvcCIiCgVPcmRlchIKCgJpZBgBIAEoAxINCgVwcmljZRgCIAEo"
            + "AzIpCgZPcmRlcnMSHwoDR2V0Egsuc2hvcC5PcmRlchoLLnNob3AuT3JkZXJiBnByb3RvMw==";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private List<Field> base = List.of();
    private List<Field> lane = List.of();

    private Path results(String base, String lane, Side... sides) throws IOException {
        Path file = folder.resolve("results" + folder.toFile().list().length + ".jsonl.gz");
        try (ResultWriter writer =
                ResultWriter.create(file, new ReplayHeader("p1", "a.jsonl.gz", "http://gw", "f-1", "master", TIME))) {
            for (int i = 0; i < 12; i++) {
                List<ReplayedResponse> responses = java.util.stream.Stream.of(sides)
                        .map(side -> response(side, side == Side.LANE ? lane : base))
                        .toList();
                writer.write(new ReplayedRequest(i, recorded(i), responses));
            }
        }
        return file;
    }

    private static RecordedExchange recorded(int i) {
        RecordedRequest request = new RecordedRequest(
                "HTTP/1.1", "GET", "http", "shop", "/orders/" + i, List.of(), RecordedBody.NONE, List.of());
        return new RecordedExchange(
                "r" + i,
                "",
                "",
                TIME,
                Duration.ZERO,
                Duration.ZERO,
                RecordedDecision.NONE,
                request,
                null,
                "",
                List.of());
    }

    private ReplayedResponse response(Side side, String body) {
        RecordedBody whole = RecordedBody.whole(body.getBytes(StandardCharsets.UTF_8));
        List<Field> decision = side == Side.LANE ? lane : base;
        return new ReplayedResponse(
                side, TIME, Duration.ZERO, Duration.ZERO, new RecordedResponse(200, decision, whole, List.of()), "");
    }

    private static List<Field> decision(String lane, String reason) {
        return List.of(new Field("x-laneway-lane", lane), new Field("x-laneway-decision", reason));
    }

    @Test
    void aLaneThatServedNothingIsNotAlike() throws IOException {
        base = decision("master", "base");
        for (String reason : List.of("lane_unknown", "lane_expired", "fallback_absent", "base")) {
            lane = decision("master", reason);
            assertThat(run("diff", results("{}", "{}", Side.values()).toString()))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .contains("lane f-1 served 0 of 12 requests (others by: " + reason + " 12) (expected: >= 1");
            assertThat(out.toString()).isEmpty();
        }
        lane = decision("f-1", "lane");
        assertThat(run("diff", results("{}", "{}", Side.values()).toString())).isZero();
        assertThat(err.toString()).contains("lane f-1 served 12 of 12 requests");

        base = decision("G1", "lane_unknown");
        assertThat(run("diff", results("{}", "{}", Side.values()).toString())).isEqualTo(2);
        assertThat(err.toString()).contains("lane master served 0 of 12 requests (others by: lane_unknown 12)");
    }

    @Test
    void resultsOfAReplayThatWasKilledAreComparedAndItIsSaid() throws IOException {
        Path file = results("{}", "{}", Side.values());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 10), StandardOpenOption.APPEND);
        assertThat(run("diff", file.toString())).isZero();
        assertThat(err.toString()).contains("ends within a gzip member at byte " + whole.length);
    }

    @Test
    void saysByItsExitCodeWhetherTheLaneIsBase() throws IOException {
        assertThat(run("diff", results("{\"a\":1}", "{\"a\":1}", Side.values()).toString()))
                .isZero();
        assertThat(out.toString()).contains("12 requests, 1 endpoints: 0 differences");

        String differing = results("{\"a\":1}", "{\"a\":2}", Side.values()).toString();
        assertThat(run("diff", differing)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "GET /orders/{id}: body.a (number) is 2, base has 1",
                        "in 12 of 12 requests",
                        "request r0: base 1, again 1, lane 2",
                        "curl -i 'http://shop/orders/0'");
        assertThat(run("diff", differing, "--format", "json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"form\" : \"laneway-diff\"", "\"differs\" : true");
        assertThat(run("diff", differing, "--format", "junit")).isEqualTo(1);
        assertThat(out.toString()).contains("<failure type=\"difference\" message=\"body.a is 2, base has 1\">");

        Path ignore = Files.writeString(folder.resolve("diff.yaml"), "ignore:\n  - path: body.a\n");
        assertThat(run("diff", differing, "--ignore", ignore.toString())).isZero();
        Path tolerance = Files.writeString(folder.resolve("t.yaml"), "tolerances:\n  - {path: body.a, number: 1}\n");
        assertThat(run("diff", differing, "--ignore", tolerance.toString())).isZero();
    }

    @Test
    void messagesOfProtobufAreComparedByField() throws IOException {
        Path set = Files.write(
                folder.resolve("orders.pb"), java.util.Base64.getDecoder().decode(ORDERS));
        String calls = calls("/shop.Orders/Get");
        assertThat(run("diff", calls)).isEqualTo(1);
        assertThat(out.toString()).contains("POST /shop.Orders/Get: body (value) is \"7 bytes, SHA-256");
        assertThat(run("diff", calls, "--descriptors", set.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("POST /shop.Orders/Get: body.price (number) is 8, base has 7");

        assertThat(run("diff", calls("/shop.Orders/Find"), "--descriptors", set.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("orders.pb: does not have the method of /shop.Orders/Find (their");
        Path none = Files.writeString(folder.resolve("none.pb"), "none");
        assertThat(run("diff", calls, "--descriptors", none.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.pb: no descriptor set: ", "(expected: what `protoc");
    }

    /** Calls whose response has a price of 7 at base and of 8 at the lane. */
    private String calls(String path) throws IOException {
        Path file = folder.resolve("calls" + folder.toFile().list().length + ".jsonl.gz");
        try (ResultWriter writer =
                ResultWriter.create(file, new ReplayHeader("p1", "a.jsonl.gz", "http://gw", "f-1", "master", TIME))) {
            for (int i = 0; i < 12; i++) {
                RecordedRequest request = new RecordedRequest(
                        "HTTP/2", "POST", "http", "shop", path, List.of(), RecordedBody.NONE, List.of());
                RecordedExchange recorded = new RecordedExchange(
                        "r" + i,
                        "",
                        "",
                        TIME,
                        Duration.ZERO,
                        Duration.ZERO,
                        RecordedDecision.NONE,
                        request,
                        null,
                        "",
                        List.of());
                writer.write(new ReplayedRequest(
                        i, recorded, List.of(call(Side.BASE1, 7), call(Side.LANE, 8), call(Side.BASE2, 7))));
            }
        }
        return file.toString();
    }

    private static ReplayedResponse call(Side side, int price) {
        RecordedResponse response = new RecordedResponse(
                200,
                List.of(new Field("content-type", "application/grpc")),
                RecordedBody.whole(new byte[] {0, 0, 0, 0, 2, 2 << 3, (byte) price}),
                List.of());
        return new ReplayedResponse(side, TIME, Duration.ZERO, Duration.ZERO, response, "");
    }

    @Test
    void theRulesOfThePageAreTaken() throws IOException {
        String page = Files.readString(Path.of("../docs/how-to/diff.md"));
        int from = page.indexOf("```yaml\nignore:") + "```yaml\n".length();
        Path rules = Files.writeString(folder.resolve("page.yaml"), page.substring(from, page.indexOf("```", from)));
        String same = results("{\"a\":1}", "{\"a\":1}", Side.values()).toString();
        assertThat(run("diff", same, "--ignore", rules.toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void whatCannotBeComparedIsAnExitCodeOfItsOwn() throws IOException {
        assertThat(run("diff", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none: is not there (expected: ");

        assertThat(run("diff", results("{}", "{}", Side.LANE).toString())).isEqualTo(2);
        assertThat(err.toString()).contains("12 requests, none with responses of base1, base2 and lane");

        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                "ignore:\n  - path: body.a\n    facet: colour\ntolerances:\n  - path: body.b\n    number: much\n");
        assertThat(run("diff", results("{}", "{}", Side.values()).toString(), "--ignore", wrong.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("wrong.yaml:3:", "wrong.yaml:6:", "'much' (expected: a number such as 0.01");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Laneway.commandLine(args);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
