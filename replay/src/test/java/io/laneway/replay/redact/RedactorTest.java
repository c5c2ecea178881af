package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.replay.Records;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.json.JsonPath;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final byte[] KEY = "a key of sixteen bytes and more".getBytes(UTF_8);
    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    @Test
    void equalValuesStayEqualWhereverTheyAre() {
        RecordedExchange login = redacted(Records.record().responseBody("application/json", "{\"token\":\"abc\"}"));
        RecordedExchange next = redacted(Records.record()
                .target("/o?token=%61bc")
                .header("Authorization", "Bearer abc")
                .header("cookie", "t=\"abc\"")
                .body("application/x-www-form-urlencoded", "token=abc"));

        String pseudonym = pseudonyms.of("abc");
        assertThat(body(login)).isEqualTo("{\"token\":\"" + pseudonym + "\"}");
        assertThat(next.request().target()).isEqualTo("/o?token=" + pseudonym);
        assertThat(header(next, "authorization")).isEqualTo("Bearer " + pseudonym);
        assertThat(header(next, "cookie")).isEqualTo("t=\"" + pseudonym + "\"");
        assertThat(new String(next.request().body().bytes(), UTF_8)).isEqualTo("token=" + pseudonym);
        assertThat(next.redacted())
                .containsExactly(
                        "request.query.token",
                        "request.header.authorization",
                        "request.header.cookie.t",
                        "request.body.token");
    }

    @Test
    void anotherKeyMakesOtherPseudonyms() {
        assertThat(Pseudonyms.random().of("abc"))
                .isNotEqualTo(Pseudonyms.random().of("abc"));
        assertThat(Pseudonyms.is(Pseudonyms.random().of("abc"))).isTrue();
        assertThatThrownBy(() -> new Pseudonyms(new byte[3])).hasMessage("key: 3 bytes (expected: >= 16)");
    }

    @Test
    void whatIsNoSecretStaysAsItWas() {
        RecordedExchange before = Records.record()
                .target("/orders/%7Bid%7D?q=a+b&page=2&&x#top")
                .header("accept", "application/json, text/plain;q=0.5")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .body("application/json", "{ \"a\" : [1, 2.50, {\"b\":\"x\\u00e9\\/y\"}],\"a\":null, \"c\":true }\n")
                .responseBody("text/html", "<p class=\"x\">Basic knowledge: 1 < 2; see https://a.example.com/?q=1</p>")
                .make();

        assertThat(Redactor.of(RedactionRules.DEFAULT, pseudonyms).redact(before))
                .isEqualTo(before);
    }

    @Test
    void numbersBecomeTextsAndTruthStays() {
        assertThat(body(redacted(Records.record()
                        .responseBody("application/json", "{\"pin\":1234,\"passwordSet\":true,\"n\":1}"))))
                .isEqualTo("{\"pin\":\"" + pseudonyms.of("1234") + "\",\"passwordSet\":true,\"n\":1}");
    }

    @Test
    void namesThatOnlyLookLikeSecretsCanBeKept() {
        RedactionRules rules =
                new RedactionRules(List.of(), List.of(), List.of(), List.of(), List.of("total_tokens", "Lane-Token"));
        RecordedExchange after = Redactor.of(rules, pseudonyms)
                .redact(Records.record()
                        .header("lane-token", "f-1")
                        .header("cookie", "lane_token=f-1; sid=1")
                        .responseBody("application/json", "{\"total_tokens\":12}")
                        .make());

        assertThat(header(after, "lane-token")).isEqualTo("f-1");
        assertThat(header(after, "cookie")).isEqualTo("lane_token=f-1; sid=" + pseudonyms.of("1"));
        assertThat(body(after)).isEqualTo("{\"total_tokens\":12}");
    }

    @Test
    void aMemberIsNamedByTheOneBesideItAndByNoOther() {
        String text =
                "[{\"name\":\"token\",\"a\":[{\"value\":1}],\"value\":\"x\"},{\"name\":\"size\",\"value\":\"7\"}]";

        assertThat(body(redacted(Records.record().responseBody("application/json", text))))
                .isEqualTo(text.replace("\"x\"", "\"" + pseudonyms.of("x") + "\""));
    }

    @Test
    void aBodyWhoseCodingIsUnknownIsNotKept() {
        RecordedExchange after = redacted(Records.record()
                .responseHeader("content-encoding", "br")
                .responseBody("application/json", "{\"token\":\"abc\"}"));

        assertThat(Objects.requireNonNull(after.response()).body().bytes()).isEmpty();
        assertThat(after.response().body().omitted()).isEqualTo("content-encoding: br");
        assertThat(after.response().body().size()).isEqualTo(15);
    }

    @Test
    void redactingAgainChangesNothing() {
        Redactor again = Redactor.again(RedactionRules.DEFAULT, Pseudonyms.random());
        for (var place : SecretPlaces.ALL) {
            Records record = Records.record();
            place.accept(record, "Zq3vB7nK9xW2mT5r");
            RecordedExchange once = Redactor.of(RULES, pseudonyms).redact(record.make());

            assertThat(again.redact(once)).isEqualTo(once);
        }
    }

    private static final RedactionRules RULES = new RedactionRules(
            List.of("x-given"), List.of("given-query"), List.of("given-form"), List.of("$.user.ssn"), List.of());

    @ParameterizedTest
    @ValueSource(strings = {"user.ssn", "$", "$.", "$user", "$.a..", "$['a", "$.a b[", "$[]"})
    void aPathThatIsNoneSaysWhatWasExpected(String path) {
        assertThatThrownBy(() -> new RedactionRules(List.of(), List.of(), List.of(), List.of(path), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("json: " + path + " (expected: a path such as $.user.ssn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.a.b", "$..b", "$.*.b", "$['a']['b']", "$[*].b", "$.a", "$..a", "$.a.b[0]"})
    void pathsNameValuesAndWhatLiesBelow(String path) {
        JsonPath parsed = JsonPath.parse(path);

        assertThat(parsed.takes(List.of("a", "b", "0"))).isTrue();
        assertThat(parsed.takes(List.of("c"))).isFalse();
    }

    /** Tokens of letters alone are tokens; words of prose are none. */
    @Test
    void whatStandsBehindItsSchemeIsNoWord() {
        for (String token :
                List.of("BEARERSECRETxyz", "abcdefg7", "abcdEfgh", "zyxwvutsrqponmlkjihgfedcba", "Abcdefg=")) {
            String text = "{\"X\":\"Bearer " + token + "\",\"y\":\"basic " + token + ", and so on\"}";
            assertThat(body(redacted(Records.record().responseBody("application/json", text))))
                    .as(token)
                    .doesNotContain(token);
        }
        for (String prose :
                List.of("Bearer authentication is needed", "Basic internationalization", "bearer Documents, all")) {
            assertThat(body(redacted(Records.record().responseBody("text/plain", prose))))
                    .isEqualTo(prose);
        }
    }

    /** A stranger sends these in the hope that a thread never comes back. */
    @Test
    void longAndNastyTextsTakeNoLongerThanOthers() {
        int length = 16 * 1024;
        List<String> nasty = List.of(
                "a".repeat(length),
                "a=".repeat(length / 2),
                "<a ".repeat(length / 3),
                "%41".repeat(length / 3),
                "\\\"".repeat(length / 2),
                "[".repeat(length),
                "{\"a\":".repeat(length / 5),
                "eyJ.".repeat(length / 4),
                "password:".repeat(length / 9),
                "-----BEGIN PRIVATE KEY-----".repeat(length / 27),
                "bearer ".repeat(length / 7),
                "https://a:".repeat(length / 10),
                "password:\n ".repeat(length / 11),
                "curl -u a ".repeat(length / 10),
                "AUTH \n$1\r\n".repeat(length / 11),
                "{\"value\":\"a\",\"a\":".repeat(length / 17),
                "{" + "\"value\":\"a\",".repeat(length / 12) + "\"name\":\"token\"}",
                "[\"token\",".repeat(length / 9),
                "tokentoken\1".repeat(length / 11),
                "--xx\r\ncontent-disposition: x\r\n\r\n".repeat(length / 33));
        long begun = System.nanoTime();
        for (String text : nasty) {
            redacted(Records.record().target("/?x=" + text).header("x", text).responseBody("text/plain", text));
        }
        assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
    }

    @Test
    void rulesHoldAndPlacesAreShortHoweverDeepAValueLies() {
        int depth = 60_000;
        RedactionRules rules =
                new RedactionRules(List.of(), List.of(), List.of(), List.of("$..card", "$..a..a..a..b"), List.of());
        String deep = "[".repeat(depth) + "{\"card\":\"4111-1111\",\"x\":\"y\"}" + "]".repeat(depth);
        String same = "{\"a\":".repeat(depth / 6) + "\"plain\"" + "}".repeat(depth / 6);

        RecordedExchange redacted = Redactor.of(rules, pseudonyms)
                .redact(Records.record().responseBody("application/json", deep).make());
        assertThat(body(redacted)).doesNotContain("4111").contains("\"x\":\"y\"");
        assertThat(redacted.redacted())
                .singleElement()
                .satisfies(place ->
                        assertThat(place).startsWith("response.body.$[*][*]").hasSizeLessThan(250));
        assertThat(body(Redactor.of(rules, pseudonyms)
                        .redact(Records.record()
                                .responseBody("application/json", same)
                                .make())))
                .isEqualTo(same);
    }

    private RecordedExchange redacted(Records record) {
        return Redactor.of(RedactionRules.DEFAULT, pseudonyms).redact(record.make());
    }

    private static String body(RecordedExchange exchange) {
        return new String(Objects.requireNonNull(exchange.response()).body().bytes(), UTF_8);
    }

    private static String header(RecordedExchange exchange, String name) {
        return String.valueOf(Fields.first(exchange.request().headers(), name));
    }
}
