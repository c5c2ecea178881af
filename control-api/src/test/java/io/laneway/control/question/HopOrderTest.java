package io.laneway.control.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HopOrderTest {

    private static Hop hop(String name, int hop, int startMillis, double waited) {
        return new Hop(
                name,
                new JsonObject()
                        .put("hop", hop)
                        .put("start_time", String.format("2026-12-01T08:00:00.%03dZ", startMillis))
                        .put("upstream_service_time", waited));
    }

    private static Hop span(Hop hop, String span, String parent) {
        return new Hop(hop.gateway(), hop.record().copy().put("span_id", span).put("parent_id", parent));
    }

    private static List<String> order(List<Hop> hops) {
        List<Hop> shuffled = new ArrayList<>(hops);
        Collections.shuffle(shuffled, new Random(hops.size() * 31L + System.nanoTime()));
        return HopOrder.of(shuffled).stream().map(Hop::gateway).toList();
    }

    @RepeatedTest(20)
    void aChainThatCarriesItsHopsNeedsNoClocks() {
        assertThat(order(List.of(hop("a", 1, 900, 1), hop("b", 2, 100, 9), hop("c", 3, 500, 9), hop("d", 4, 0, 9))))
                .containsExactly("a", "b", "c", "d");
    }

    @RepeatedTest(20)
    void withoutHopsTheBeginningCountsAndThenWhoWaitedLonger() {
        assertThat(order(List.of(hop("a", 1, 0, 9), hop("b", 1, 0, 7.5), hop("c", 1, 3, 8), hop("d", 1, 3, 1))))
                .containsExactly("a", "b", "c", "d");
    }

    @RepeatedTest(20)
    void aHopStandsBelowTheOneWhoseSpanSentIt() {
        Hop a = span(hop("a", 1, 5, 9), "s-a", "client");
        Hop b = span(hop("b", 2, 9, 1), "s-b", "s-a");
        Hop c = span(hop("c", 3, 1, 1), "s-c", "s-b");
        Hop d = span(hop("d", 2, 12, 1), "s-d", "s-a");
        assertThat(order(List.of(a, b, c, d))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void spansThatLeadInACircleSayNothing() {
        Hop a = span(hop("a", 1, 5, 9), "s-a", "s-b");
        Hop b = span(hop("b", 2, 9, 1), "s-b", "s-a");
        assertThat(order(List.of(a, b))).containsExactly("a", "b");
    }

    @Test
    void recordsWithNothingThatOrdersAreKeptAll() {
        assertThat(HopOrder.of(List.of(new Hop("b", new JsonObject()), new Hop("a", new JsonObject()))))
                .hasSize(2);
    }
}
