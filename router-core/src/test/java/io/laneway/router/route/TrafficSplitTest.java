package io.laneway.router.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.request.RequestDraft;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests of a route are divided by weight, by nothing but their id. */
class TrafficSplitTest {

    private static final int IDS = 60_000;
    private static final Map<ServiceId, Integer> TABLE =
            Map.of(ServiceId.of("a"), 4, ServiceId.of("b"), 7, ServiceId.of("c"), 9);

    private static RoutePart part(String service, int weight) {
        return new RoutePart(ServiceId.of(service), weight, weight);
    }

    private static TrafficSplit split(RoutePart... parts) {
        RouteAction action = new RouteAction(List.of(parts), null, null, HeaderRules.NONE, null);
        return TrafficSplit.of(new Route(List.of(), "/", null, false, RouteMatch.ANY, action), TABLE);
    }

    private static int part(TrafficSplit split, String id) {
        return split.part(new RequestDraft("h", "/").header("x-request-id", id));
    }

    /** How many of many ids each place in the table gets. */
    private static int[] counts(TrafficSplit split, String prefix) {
        int[] counts = new int[10];
        IntStream.range(0, IDS).forEach(i -> counts[split.place(part(split, prefix + i))]++);
        return counts;
    }

    @Test
    void eachGetsItsWeightWhateverIdsLookLike() {
        for (String prefix : List.of("", "id-", "00000000-0000-4000-8000-0000000")) {
            int[] counts = counts(split(part("a", 70), part("b", 25), part("c", 5)), prefix);
            assertThat(counts[4] / (double) IDS).as("a of '%s'", prefix).isCloseTo(0.70, within(0.01));
            assertThat(counts[7] / (double) IDS).as("b of '%s'", prefix).isCloseTo(0.25, within(0.01));
            assertThat(counts[9] / (double) IDS).as("c of '%s'", prefix).isCloseTo(0.05, within(0.01));
        }
    }

    @Test
    void oneIdLeadsToOneService() {
        TrafficSplit split = split(part("a", 1), part("b", 1));
        TrafficSplit again = split(part("a", 1), part("b", 1));
        IntStream.range(0, 1_000).forEach(i -> assertThat(part(split, "r" + i)).isEqualTo(part(again, "r" + i)));
    }

    @Test
    void weightZeroGetsNothingAndAServiceThatIsGoneLeavesItsPartToTheOthers() {
        int[] counts = counts(split(part("a", 0), part("b", 3), part("gone", 5), part("c", 1)), "x");
        assertThat(counts[4]).isZero();
        assertThat(counts[7] / (double) IDS).isCloseTo(0.75, within(0.01));
        assertThat(counts[7] + counts[9]).isEqualTo(IDS);
        assertThat(split(part("gone", 5))).isNull();
        assertThat(split(part("a", 0), part("gone", 5))).isNull();
    }

    @Test
    void thePortIsThatOfThePartAlsoBehindOneThatIsGone() {
        TrafficSplit split = split(part("gone", 5), part("b", 3));
        assertThat(split.isSingle()).isTrue();
        assertThat(split.place(0)).isEqualTo(7);
        assertThat(split.port(0)).isEqualTo(3);
    }

    @Test
    void aRedirectHasNoService() {
        RouteAction action = new RouteAction(
                List.of(), new Redirect(302, "https", null, null, null, null), null, HeaderRules.NONE, null);
        TrafficSplit split = TrafficSplit.of(new Route(List.of(), "/", null, false, RouteMatch.ANY, action), TABLE);
        assertThat(split.isSingle()).isTrue();
        assertThat(split.place(0)).isEqualTo(-1);
    }
}
