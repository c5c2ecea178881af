package io.laneway.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.router.chain.Chain;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recorded requests as hops of one. */
class RecordedChainsTest {

    private static final Instant T = Instant.parse("2026-11-30T01:30:00Z");

    @Test
    void requestsOfOneTraceOrIdAreOneChain() {
        RecordedChains recorded = new RecordedChains();
        recorded.add(recorded("r-1", "t-1", "edge", "a", 0, 90, 500));
        recorded.add(recorded("r-1", "", "gw-2", "b", 10, 80, 503));
        recorded.add(recorded("r-2", "", "edge", "a", 0, 90, 200));
        Map<String, Chain> chains = recorded.chains();
        assertThat(chains).containsOnlyKeys("t-1", "r-2");
        assertThat(recorded.name("r-1")).isEqualTo("t-1");
        assertThat(ChainText.of("t-1", chains.get("t-1"))).isEqualTo("""
            request t-1
              edge: GET /x > a@f-1: 500 after 90 ms  FAILED
                gw-2: GET /x > b@f-1: 503 after 70 ms  FAILED
              failed first: b (lane f-1) responded 503\
            """);
        assertThat(ChainJson.of(chains).getJsonObject(0).getJsonObject("failed"))
                .isEqualTo(new JsonObject()
                        .put("hop", 1)
                        .put("who", "service")
                        .put("name", "b")
                        .put("why", "b (lane f-1) responded 503"));
    }

    private static RecordedExchange recorded(
            String id, String trace, String gateway, String service, long from, long to, int status) {
        return new RecordedExchange(
                id,
                trace,
                "",
                T.plusMillis(from),
                Duration.ZERO,
                Duration.ofMillis(to - from),
                new RecordedDecision(gateway, service, "", "", "f-1", "f-1", "lane", RecordingHeader.VERSION),
                new RecordedRequest(
                        "HTTP/1.1",
                        "GET",
                        "http",
                        "shop",
                        "/x",
                        List.of(new Field("x-laneway-hops", service.equals("a") ? "0" : "1")),
                        RecordedBody.NONE,
                        List.of()),
                new RecordedResponse(status, List.of(), RecordedBody.NONE, List.of()),
                "-",
                List.of());
    }
}
