package io.laneway.gateway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code corpus/http1} against a running gateway; after each, a plain request is answered at once. */
class Http1CorpusIT {

    private static CorpusGateway site;

    @BeforeAll
    static void start() {
        site = new CorpusGateway();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    static List<CorpusCase> cases() {
        return CorpusCase.all("http1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isAnsweredAndForwardedAsItsFileSays(CorpusCase each) {
        site.begin(each);
        List<String> answered = new ArrayList<>();
        StringBuilder bodies = new StringBuilder();
        try (RawClient client = RawClient.to(site.port(each.setting("listener", "edge")))) {
            client.send(each.bytes("send"));
            List<String> words = each.words("expect");
            for (String word : words.subList(0, words.size() - 1)) {
                RawClient.Response response = client.response(word.endsWith("-to-head"));
                answered.add(response.status() + (word.endsWith("-to-head") ? "-to-head" : ""));
                bodies.append(response.body());
            }
            answered.add(end(client, words.get(words.size() - 1)));
        } catch (java.io.UncheckedIOException e) {
            answered.add("cut");
        }

        assertThat(String.join(" ", answered)).isEqualTo(String.join(" ", each.words("expect")));
        if (each.has("body")) {
            assertThat(bodies.toString()).isEqualTo(each.text("body"));
        }
        site.answersAPlainRequest();
        site.assertSeen(each);
    }

    private static String end(RawClient client, String expected) {
        if (expected.equals("cut")) {
            return "whole: " + client.response();
        }
        if (!expected.equals("keep")) {
            return client.closed() ? "close" : "keep";
        }
        RawClient.Response after =
                client.send("GET /probe HTTP/1.1\nHost: a.test\nX-After: 1\n\n").response();
        return after.status() == 200 && after.body().equals("GET /probe HTTP/1.1") ? "keep" : "broken " + after;
    }

    @Test
    void hasEnoughCases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(120);
    }
}
