package io.laneway.replay.redact;

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

/** Secrets of commands, blocks, pairs and members in either order, in messages of WebSockets and in bodies. */
class TextSecretsTest {

    private static final String SECRET = "implcwjuf";
    private final Pseudonyms pseudonyms = new Pseudonyms("a key of sixteen bytes and more".getBytes(UTF_8));
    private final Redactor redactor = Redactor.of(RedactionRules.DEFAULT, pseudonyms);
    private final SecretScan scan = new SecretScan(List.of());

    private static RecordedExchange socket(String text) {
        return Records.record()
                .make()
                .with(new RecordedSocket(
                        1,
                        false,
                        0,
                        List.of(new RecordedFrame(
                                true,
                                Duration.ZERO,
                                RecordedFrame.TEXT,
                                1,
                                0,
                                RecordedBody.whole(text.getBytes(UTF_8))))));
    }

    private String kept(String text) {
        RecordedFrame frame = Objects.requireNonNull(
                        redactor.redact(socket(text)).socket())
                .frames()
                .get(0);
        return new String(frame.payload().bytes(), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASS " + SECRET,
                "NICK joe\r\nPASS :" + SECRET + "\r\nUSER joe",
                "OPER joe " + SECRET,
                "PRIVMSG NickServ :IDENTIFY " + SECRET,
                "AUTH " + SECRET,
                "AUTH joe " + SECRET,
                "AUTH PLAIN " + SECRET + "=",
                "HELLO 3 AUTH joe " + SECRET,
                "*2\r\n$4\r\nAUTH\r\n$9\r\n" + SECRET + "\r\n",
                "*3\r\n$4\r\nAUTH\r\n$3\r\njoe\r\n$9\r\n" + SECRET + "\r\n*1\r\n$4\r\nPING\r\n",
                "a1 LOGIN joe \"" + SECRET + "\"",
                "{\"line\":\"PASS " + SECRET + "\"}",
                "password: |\n  " + SECRET + "\nuser: joe",
                "user: joe\ndb:\n  - password: >-\n      one\n\n      " + SECRET + "\n    host: a",
                "secret:\n  " + SECRET,
                "secrets: # of the lane\r\n  a: " + SECRET + "\r\nb: 1",
                "\"password\": |2\n    " + SECRET,
                "[\"password\",\"" + SECRET + "\"]",
                "42[\"token\", \"" + SECRET + "\"]",
                "{\"headers\":[[\"host\",\"a\"],[\"authorization\",\"" + SECRET + "\"]]}",
                "[\"pin\",4711471147]",
                "[{\"value\":\"" + SECRET + "\",\"name\":\"password\"}]",
                "{\"a\":{\"data\":\"" + SECRET + "\",\"x\":{\"value\":\"1\"},\"text\":\"" + SECRET
                        + "x\",\"key\":\"api_key\",\"z\":1}}",
                "curl -u joe:" + SECRET + " https://a.test",
                "run: curl -sS --user \"joe:" + SECRET + "\" a"
            })
    void secretsAreReplacedAndFound(String text) {
        String kept = kept(text);

        assertThat(kept).doesNotContain(SECRET).doesNotContain("4711471147").contains("lwp_");
        assertThat(scan.findings(socket(text))).isNotEmpty();
        assertThat(scan.findings(socket(kept)).stream()
                        .filter(finding -> finding.what().contains("pseudonym")))
                .isEmpty();
        RecordedExchange posted =
                redactor.redact(Records.record().body("text/plain", text).make());
        assertThat(new String(posted.request().body().bytes(), UTF_8)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pass the salt, please",
                "auth failed for joe",
                "PASSED 12 of 12",
                "AUTHOR joe",
                "3 LOGINS a day",
                "[\"password\",\"token\"]",
                "[\"username\",\"password\",\"email\"]",
                "[\"name\",\"token\",\"x\"]",
                "[[\"token\"],\"x\"]",
                "{\"value\":\"7\",\"name\":\"size\"}",
                "[{\"value\":\"7\"},{\"name\":\"token\"}]",
                "{\"value\":{\"value\":\"7\"},\"name\":\"token\"}",
                "{\"value\":\"7\",\"names\":[\"token\"]}",
                "curl -u joe https://a.test:80",
                "secret:\nuser: joe",
                "the password:\n  see below"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(kept(text)).isEqualTo(text);
    }

    @Test
    void theRestStaysAsItWas() {
        String pseudonym = pseudonyms.of(SECRET);

        assertThat(kept("NICK joe\r\nPASS :" + SECRET + "\r\nUSER joe"))
                .isEqualTo("NICK joe\r\nPASS :" + pseudonym + "\r\nUSER joe");
        assertThat(kept("*2\r\n$4\r\nAUTH\r\n$9\r\n" + SECRET + "\r\n"))
                .isEqualTo("*2\r\n$4\r\nAUTH\r\n$36\r\n" + pseudonym + "\r\n");
        assertThat(kept("password: |\n  " + SECRET + "\nuser: joe"))
                .isEqualTo("password: |\n  " + pseudonym + "\nuser: joe");
        assertThat(kept("[{\"value\":\"" + SECRET + "\",\"x\":1,\"name\":\"password\"}]"))
                .isEqualTo("[{\"value\":\"" + pseudonym + "\",\"x\":1,\"name\":\"password\"}]");
        assertThat(redactor.redact(socket("[{\"value\":\"" + SECRET + "\",\"name\":\"password\"}]"))
                        .redacted())
                .containsExactly("client.frame.$[*].value");
    }
}
