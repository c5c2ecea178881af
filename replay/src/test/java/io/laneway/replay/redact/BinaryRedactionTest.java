package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.Records;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import io.laneway.replay.secret.SecretScan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in bytes that are no text, in messages of WebSockets and in bodies alike. */
class BinaryRedactionTest {

    private static final String SECRET = "implcwjuf";
    private static final String CONNECT = "\20\35\0\4MQTT\4\u00c2\0\74\0\1c\0\3joe\0\11" + SECRET;
    private final Redactor redactor =
            Redactor.of(RedactionRules.DEFAULT, new Pseudonyms("a key of sixteen bytes and more".getBytes(UTF_8)));
    private final SecretScan scan = new SecretScan(List.of());

    private static RecordedExchange socket(String offered, byte[]... frames) {
        return Records.record()
                .header("sec-websocket-protocol", offered)
                .make()
                .with(new RecordedSocket(
                        1,
                        false,
                        0,
                        Arrays.stream(frames)
                                .map(each -> new RecordedFrame(
                                        true, Duration.ZERO, RecordedFrame.BINARY, 1, 0, RecordedBody.whole(each)))
                                .toList()));
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(ISO_8859_1);
    }

    private RecordedBody frame(RecordedExchange exchange, int index) {
        return Objects.requireNonNull(redactor.redact(exchange).socket())
                .frames()
                .get(index)
                .payload();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONNECT,
                "\20\44\0\4MQTT\5\u00c2\0\74\5\21\0\0\0\0\0\1c\0\3joe\0\11" + SECRET,
                "\20\u009f\1\0\6MQIsdp\3\u00c2\0\74\0\1c\0\3joe\0\11" + SECRET,
                "AMQP\3\1\0\0\0\0\0\40\2\1\0\0\0SA\u00c0\23\2\u00a3\5PLAIN\u00a0\16\0joe\0" + SECRET,
                "\0\0\0\40\2\1\0\0\0SC\u00c0\23\1\u00a0\16\0joe\0" + SECRET,
                "\1\0\0\0\0\0\60\0\12\0\13\0\0\0\0\5PLAIN\0\0\0\15\0joe\0" + SECRET,
                "p\0\0\0\16" + SECRET + "\0",
                "\7login\5PLAIN\0joe\0" + SECRET
            })
    void loginsOfProtocolsAreNotKept(String packet) {
        for (String offered : List.of("", "mqtt", "v12.stomp")) {
            RecordedExchange exchange = socket(offered, bytes(packet));
            RecordedBody kept = frame(exchange, 0);

            assertThat(kept.bytes()).as(offered).isEmpty();
            assertThat(kept.omitted()).isNotNull();
            assertThat(scan.findings(exchange)).isNotEmpty();
            assertThat(scan.findings(redactor.redact(exchange))).isEmpty();
        }
        RecordedExchange posted = redactor.redact(
                Records.record().body("application/octet-stream", bytes(packet)).make());
        assertThat(posted.request().body().bytes()).isEmpty();
    }

    @Test
    void theRestOfALoginInAnotherMessageOrPartIsNotKept() {
        byte[] publish = {0x30, 5, 0, 1, 'a', 'h', 'i'};
        RedactionSession session = new RedactionSession(redactor);
        session.redact(socket("", bytes(CONNECT.substring(0, 24))));
        RecordedExchange next = session.redact(socket("", bytes(CONNECT.substring(24)), publish));

        List<RecordedFrame> frames = Objects.requireNonNull(next.socket()).frames();
        assertThat(frames.get(0).payload().omitted()).isEqualTo("a login of mqtt");
        assertThat(frames.get(1).payload().bytes()).isEqualTo(publish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":\"\u00e9\",\"password\":\"" + SECRET + "\"}",
                "{\"password\":\"" + SECRET + "\"}\u00ff",
                "\u00e9 password=" + SECRET,
                "CONNECT\npasscode:" + SECRET + "\n\n\0",
                "{\"password\":\"" + SECRET + "\"}"
            })
    void textWithAByteThatIsNoneIsRedactedAsText(String latin) {
        RecordedExchange exchange = socket("", bytes(latin));
        String kept = new String(frame(exchange, 0).bytes(), ISO_8859_1);
        RecordedExchange posted =
                redactor.redact(Records.record().body("x/y", bytes(latin)).make());

        assertThat(kept).doesNotContain(SECRET).contains("lwp_").startsWith(latin.substring(0, 2));
        assertThat(posted.request().body().bytes()).isEqualTo(bytes(kept));
        assertThat(scan.findings(exchange)).isNotEmpty();
        assertThat(scan.findings(redactor.redact(exchange))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0081\u00a8password\u00a9" + SECRET,
                "\u0082\u00a4user\u00a3joe\u00a8PassWord\u00d9\11" + SECRET,
                "\u0081\u00a3pin\u00a9" + SECRET,
                "\u00a1hpassword\151" + SECRET,
                "\u00a1cpin\151" + SECRET,
                "\36\0\0\0\2password\0\12\0\0\0" + SECRET + "\0\0",
                "\31\0\0\0\2pin\0\12\0\0\0" + SECRET + "\0\0",
                "\0\11api-key\0\0\11" + SECRET,
                "[\u0095\1\u0080\u00c0\u00a5login\u0091\u0081\u00aaapiToken__\u00a9" + SECRET,
                "{\"password\":\"" + SECRET + "\",\"n\":\"\u00ff\0\"}"
            })
    void bytesWithANameOfASecretAreNotKept(String latin) {
        RecordedExchange exchange = socket("", bytes(latin));

        assertThat(frame(exchange, 0).bytes()).isEmpty();
        assertThat(frame(exchange, 0).omitted()).isEqualTo("a secret's name in bytes of an unknown format");
        assertThat(scan.findings(exchange)).isNotEmpty();
        assertThat(scan.findings(redactor.redact(exchange))).isEmpty();
        for (String type : List.of("application/msgpack", "application/cbor", "application/octet-stream")) {
            RecordedExchange posted =
                    redactor.redact(Records.record().body(type, bytes(latin)).make());
            assertThat(posted.request().body().bytes()).as(type).isEmpty();
            assertThat(posted.request().body().size()).isEqualTo(latin.length());
        }
    }

    @Test
    void textOfTwoBytesACharacterAndMapsOfProtobufAreSearched() {
        byte[] wide = ("\1{\"password\":\"" + SECRET + "\"}").getBytes(UTF_16LE);
        assertThat(frame(socket("", wide), 0).bytes()).isEmpty();

        byte[] map = bytes("\0\0\0\0\27\12\25\12\10password\22\11" + SECRET);
        for (String type : List.of("application/grpc", "application/grpc+proto", "application/x-protobuf")) {
            RecordedExchange posted =
                    redactor.redact(Records.record().body(type, map).make());
            assertThat(posted.request().body().bytes()).as(type).isEmpty();
        }
    }

    @Test
    void whatWasCompressedIsRedactedLikewise() {
        byte[] json = bytes("{\"n\":\"\u00e9\",\"password\":\"" + SECRET + "\"}");
        for (byte[] each : List.of(json, bytes(CONNECT), bytes("\u0081\u00a8password\u00a9" + SECRET))) {
            RecordedBody payload = new RecordedBody(each, 20, false, "permessage-deflate", null);
            RecordedExchange exchange = socket("")
                    .with(new RecordedSocket(
                            1,
                            false,
                            0,
                            List.of(new RecordedFrame(true, Duration.ZERO, RecordedFrame.BINARY, 1, 0, payload))));
            assertThat(new String(frame(exchange, 0).bytes(), ISO_8859_1)).doesNotContain(SECRET);
        }
    }

    @Test
    void bytesWithoutANameStay() {
        byte[] noise = new byte[16 * 1024];
        int omitted = 0;
        Random random = new Random(510);
        for (int i = 0; i < 100; i++) {
            random.nextBytes(noise);
            omitted += frame(socket("", noise), 0).omitted() == null ? 0 : 1;
        }
        assertThat(omitted).as("of 100 by chance").isLessThanOrEqualTo(2);
        for (String latin :
                List.of("\u0081\u00a4text\u00a5hello", "\1\2\3", "\20\2hi", "\u0081\u00a7spinach\1", "p\0\0\0\1")) {
            assertThat(frame(socket("", bytes(latin)), 0).bytes()).isEqualTo(bytes(latin));
        }
        byte[] message = bytes("\0\0\0\0\13\12\11my token");
        RecordedExchange call = redactor.redact(
                Records.record().body("application/grpc", message).make());
        assertThat(call.request().body().bytes()).isEqualTo(message);
    }

    @Test
    void namesThatAreKeptDoNotHideBytes() {
        Redactor keeping = Redactor.of(
                new RedactionRules(List.of(), List.of(), List.of(), List.of(), List.of("total_tokens")),
                Pseudonyms.random());
        byte[] bytes = bytes("\u0081\u00actotal_tokens\7");
        RecordedExchange kept = keeping.redact(
                Records.record().body("application/msgpack", bytes).make());

        assertThat(kept.request().body().bytes()).isEqualTo(bytes);
        assertThat(frame(socket("", bytes), 0).bytes()).isEmpty();
    }
}
