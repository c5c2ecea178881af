package io.laneway.gateway.telemetry.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.record.FakeExchange;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.decision.Reason;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFormatTest {

    private static String line(LineFormat format, FakeExchange exchange) {
        LineBuffer line = new LineBuffer(format.escape(), format.keepsUtf8());
        format.append(exchange, line);
        return new String(line.array(), 0, line.length(), StandardCharsets.UTF_8);
    }

    private static String text(FakeExchange exchange) {
        return line(new TextFormat(), exchange);
    }

    private static JsonObject json(FakeExchange exchange) {
        String line = line(new JsonFormat(), exchange);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        return new JsonObject(line);
    }

    @Test
    void writesEnvoysLineAndTheLanesBehindIt() {
        assertThat(text(new FakeExchange()))
                .isEqualTo("[2026-11-18T11:06:40.123Z] \"GET /api?x=1 HTTP/1.1\" 200 - 3 100 12 11 \"10.0.0.1\" "
                        + "\"curl/8\" \"id-1\" \"order.example.com\" \"127.0.0.1:9001\" "
                        + "service=order lane=f-1 requested=f-1 decision=lane\n");
    }

    @Test
    void writesADashForWhatIsAbsent() {
        FakeExchange exchange =
                new FakeExchange().lanes("__none__", "", "", null).status(0);
        exchange.upstream = "";
        exchange.upstreamNanos = -1;
        exchange.flag = ResponseFlag.DC;
        exchange.with("userAgent", "").with("forwardedFor", "").with("requestId", "");
        exchange.with("authority", "").with("method", "").with("path", "");

        assertThat(text(exchange))
                .endsWith("\"- - HTTP/1.1\" 0 DC 3 100 12 - \"-\" \"-\" \"-\" \"-\" \"-\" "
                        + "service=__none__ lane=- requested=- decision=-\n");
    }

    @Test
    void namesTheLaneThatNobodyKnowsAsItWasAskedFor() {
        FakeExchange exchange = new FakeExchange()
                .lanes("order", "master", null, Reason.LANE_UNKNOWN)
                .with("requestedText", "feature-y");

        assertThat(text(exchange)).endsWith("lane=master requested=feature-y decision=lane_unknown\n");
    }

    @Test
    void clientsCanNeitherBeginALineNorEndAField() {
        FakeExchange exchange = new FakeExchange()
                .with("userAgent", "a\" 200 \"\r\n[forged] line\\x" + (char) 0x7f)
                .with("path", "/\u00e4\t");

        assertThat(text(exchange))
                .contains("\"a\\x22 200 \\x22\\x0d\\x0a[forged] line\\x5cx\\x7f\"")
                .contains("/\\xc3\\xa4\\x09 HTTP")
                .containsOnlyOnce("\n");
    }

    @Test
    void cutsValuesThatAreTooLong() {
        FakeExchange exchange = new FakeExchange().with("path", "/" + "a".repeat(5000));

        assertThat(text(exchange)).contains("/" + "a".repeat(LineBuffer.MAX_FIELD - 1) + "... HTTP/1.1");
    }

    @Test
    void theWorstLineFits() {
        FakeExchange exchange = new FakeExchange().lanes("o", "m", null, Reason.LANE_UNKNOWN);
        String worst = "\"".repeat(9000);
        for (String field :
                new String[] {"method", "path", "authority", "requestId", "userAgent", "forwardedFor", "requestedText"
                }) {
            exchange.with(field, worst);
        }

        assertThat(text(exchange)).endsWith("decision=lane_unknown\n");
        assertThat(line(new JsonFormat(), exchange)).endsWith("}\n");
    }

    @Test
    void writesJsonWithEnvoysNames() {
        JsonObject json = json(new FakeExchange());

        assertThat(json.getString("start_time")).isEqualTo("2026-11-18T11:06:40.123Z");
        assertThat(json.getInteger("response_code")).isEqualTo(200);
        assertThat(json.getString("response_flags")).isEqualTo("-");
        assertThat(json.getString("upstream_host")).isEqualTo("127.0.0.1:9001");
        assertThat(json.getInteger("duration")).isEqualTo(12);
        assertThat(json.getString("x_request_id")).isEqualTo("id-1");
        assertThat(json.getString("lane")).isEqualTo("f-1");
        assertThat(json.getString("lane_requested")).isEqualTo("f-1");
        assertThat(json.getString("decision")).isEqualTo("lane");
        assertThat(json.getInteger("table_revision")).isEqualTo(12);
        assertThat(json.containsKey("grpc_status")).isFalse();
    }

    @Test
    void jsonStaysJsonWhateverBytesCome() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            FakeExchange exchange = new FakeExchange().with("userAgent", bytes).with("path", bytes);
            String read = json(exchange).getString("user_agent");
            assertThat(read).as("round %s", i).isEqualTo(bytes.length == 0 ? null : read(bytes));
        }
    }

    /** Well-formed characters as they are, other bytes one by one. */
    private static String read(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < bytes.length) {
            int n = Math.min(4, bytes.length - i);
            while (n > 1 && !isCharacter(bytes, i, n)) {
                n--;
            }
            text.append(new String(bytes, i, n, n > 1 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
            i += n;
        }
        return text.toString();
    }

    private static boolean isCharacter(byte[] bytes, int from, int n) {
        String text = new String(bytes, from, n, StandardCharsets.UTF_8);
        return text.codePointCount(0, text.length()) == 1 && !text.equals("\ufffd");
    }

    @Test
    void utf8InJsonIsUtf8() {
        String text = "/\u6ce3\u9053/\u00e4/\ud83d\ude00/\u0085";
        FakeExchange exchange = new FakeExchange()
                .lanes("order", "\u7070", null, Reason.LANE_UNKNOWN)
                .with("path", text.getBytes(StandardCharsets.UTF_8))
                .with("requestedText", "\u7070".getBytes(StandardCharsets.UTF_8));

        assertThat(line(new JsonFormat(), exchange))
                .contains("\"path\":\"/\u6ce3\u9053/\u00e4/\ud83d\ude00/\\u0085\"")
                .contains("\"lane\":\"\u7070\"", "\"lane_requested\":\"\u7070\"");
        assertThat(json(exchange).getString("path")).isEqualTo(text);
    }

    @Test
    void aValueIsNotCutAmidACharacter() {
        byte[] path = "\u7070".repeat(2000).getBytes(StandardCharsets.UTF_8);

        assertThat(json(new FakeExchange().with("path", path)).getString("path"))
                .isEqualTo("\u7070".repeat(LineBuffer.MAX_FIELD / 3) + "...");
    }

    @Test
    void namesBeyondAsciiAreEscapedToo() {
        assertThat(text(new FakeExchange().lanes("order", "\u7070", "\u7070", Reason.LANE)))
                .contains("lane=\\xe7\\x81\\xb0 requested=\\xe7\\x81\\xb0");
    }

    @Test
    void timesMoveOn() {
        TextFormat format = new TextFormat();
        FakeExchange exchange = new FakeExchange();
        exchange.started = 999;
        assertThat(line(format, exchange)).startsWith("[1970-01-01T00:00:00.999Z]");
        exchange.started = 1_000;
        assertThat(line(format, exchange)).startsWith("[1970-01-01T00:00:01.000Z]");
    }
}
