package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.Records;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import io.laneway.replay.secret.SecretScan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in frames of WebSockets, in what libraries put around JSON, and over parts. */
class FrameRedactionTest {

    private static final String SECRET = "s3cr3t-Zx81kQ0pLm";
    private final Pseudonyms pseudonyms = new Pseudonyms("a key of sixteen bytes and more".getBytes(UTF_8));
    private final RedactionRules rules =
            new RedactionRules(List.of(), List.of(), List.of(), List.of("$..card"), List.of());
    private final Redactor redactor = Redactor.of(rules, pseudonyms);

    private static RecordedFrame frame(boolean client, int opcode, byte[] payload) {
        return new RecordedFrame(client, Duration.ZERO, opcode, 1, 0, RecordedBody.whole(payload));
    }

    private static RecordedFrame text(String text) {
        return frame(true, RecordedFrame.TEXT, text.getBytes(UTF_8));
    }

    private static RecordedExchange socket(int part, String protocol, RecordedFrame... frames) {
        return Records.record()
                .header("upgrade", "websocket")
                .responseHeader("sec-websocket-protocol", protocol)
                .make()
                .with(new RecordedSocket(part, false, 0, List.of(frames)));
    }

    private static List<RecordedFrame> frames(RecordedExchange exchange) {
        return Objects.requireNonNull(exchange.socket()).frames();
    }

    private static String text(RecordedFrame frame) {
        return new String(frame.payload().bytes(), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"" + SECRET + "\",\"n\":1}",
                "42[\"login\",{\"token\":\"" + SECRET + "\"}]",
                "42/shop,7[\"pay\",{\"card\":\"" + SECRET + "\"}]",
                "a[\"{\\\"password\\\":\\\"" + SECRET + "\\\"}\"]",
                "{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer " + SECRET + "\"}}",
                "{\"target\":\"Login\",\"arguments\":[{\"accessToken\":\"" + SECRET + "\"}]}\u001e",
                "CONNECT\nlogin:guest\npasscode:" + SECRET + "\n\n\0",
                "AUTH token=" + SECRET,
                "token=" + SECRET + "&n=1",
                "Bearer " + SECRET,
                "<auth xmlns=\"urn:x\" mechanism=\"PLAIN\">" + SECRET + "</auth>"
            })
    void secretsOfTextAreReplaced(String text) {
        RecordedExchange redacted = redactor.redact(socket(1, "", text(text)));

        assertThat(text(frames(redacted).get(0))).doesNotContain(SECRET).contains("lwp_");
        assertThat(redacted.redacted())
                .isNotEmpty()
                .allSatisfy(place -> assertThat(place).startsWith("client.frame"));
        assertThat(new SecretScan(List.of()).findings(redacted)).isEmpty();
        assertThat(new SecretScan(List.of()).findings(socket(1, "", text(text.replace("card", "token")))))
                .isNotEmpty();
    }

    @Test
    void whatIsNoSecretStaysByteForByte() {
        String[] texts = {
            "42[\"say\",{\"text\":\"hello\"}]", "2probe", "{\"a\":[1, 2.50]}", "ping", "", "0{\"x\":1}", "é€"
        };
        for (String each : texts) {
            assertThat(text(frames(redactor.redact(socket(1, "", text(each)))).get(0)))
                    .isEqualTo(each);
        }
    }

    @Test
    void aSecretOfOnePartIsTakenOutOfThoseThatFollow() {
        RedactionSession session = new RedactionSession(redactor);
        RecordedExchange first = session.redact(socket(1, "", text("{\"token\":\"" + SECRET + "\"}")));
        RecordedExchange second = session.redact(socket(2, "", text("SUBSCRIBE " + SECRET)));

        String pseudonym = pseudonyms.of(SECRET);
        assertThat(text(frames(first).get(0))).isEqualTo("{\"token\":\"" + pseudonym + "\"}");
        assertThat(text(frames(second).get(0))).isEqualTo("SUBSCRIBE " + pseudonym);
        assertThat(first.redacted()).containsExactly("client.frame.$.token");
        assertThat(second.redacted()).isEmpty();
    }

    @Test
    void secretsOfBytesKeepTheirLengthAndLoginsOfProtocolsOfBytesAreNotKept() {
        byte[] jwt = "\1\2eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk\0\u0080".getBytes(ISO_8859_1);
        byte[] connect = {
            0x10, 20, 0, 4, 'M', 'Q', 'T', 'T', 4, (byte) 0xc2, 0, 10, 0, 1, 'a', 0, 2, 'm', 'e', 0, 1, 'x'
        };
        byte[] publish = {0x30, 5, 0, 1, 'a', 'h', 'i'};
        byte[] sasl = {0, 0, 0, 20, 2, 1, 0, 0, 0, 'S', 0x41, 'x'};

        byte[] redacted = frames(redactor.redact(socket(1, "", frame(true, 2, jwt))))
                .get(0)
                .payload()
                .bytes();
        assertThat(redacted).hasSameSizeAs(jwt);
        assertThat(new String(redacted, ISO_8859_1)).doesNotContain("eyJ");
        List<RecordedFrame> mqtt =
                frames(redactor.redact(socket(1, "mqtt", frame(true, 2, connect), frame(true, 2, publish))));
        assertThat(mqtt.get(0).payload().bytes()).isEmpty();
        assertThat(mqtt.get(0).payload().omitted()).isEqualTo("a login of mqtt");
        assertThat(mqtt.get(1).payload().bytes()).isEqualTo(publish);
        assertThat(frames(redactor.redact(socket(1, "amqp", frame(true, 2, sasl))))
                        .get(0)
                        .payload()
                        .omitted())
                .isEqualTo("a login of amqp");
    }
}
