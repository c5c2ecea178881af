package io.laneway.router.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A request from a to b to c and d, which is made for it in turn. */
class ChainTest {

    private static final Instant T = Instant.parse("2026-11-30T01:30:00Z");

    private final List<Hop> hops = new ArrayList<>();

    private ChainTest hop(String service, int passed, long from, long to, int status, String flags) {
        hops.add(new Hop(
                "gw-" + passed,
                service,
                "f-1",
                "GET",
                "/x",
                status,
                "",
                flags,
                "10.0.0.1:80",
                T.plusMillis(from),
                Duration.ofMillis(to - from),
                passed,
                "",
                Set.of()));
        return this;
    }

    private String failed() {
        List<Hop> shuffled = new ArrayList<>(hops);
        Collections.shuffle(shuffled, new Random(hops.size()));
        Blame blame = Chain.of(shuffled).failed();
        return blame == null ? "nothing failed" : first(blame.why());
    }

    private static String first(String who) {
        return "failed first: " + who;
    }

    @Test
    void theDeepestThatFailedIsNamedAndNotThosePassingItOn() {
        hop("a", 1, 0, 90, 502, "-").hop("b", 2, 10, 80, 500, "-").hop("c", 3, 20, 70, 503, "-");
        assertThat(failed()).isEqualTo(first("c (lane f-1) at 10.0.0.1:80 responded 503"));
    }

    @Test
    void aServiceWhoseCallsSucceededFailedByItself() {
        hop("a", 1, 0, 90, 500, "-").hop("b", 2, 10, 80, 500, "-").hop("c", 3, 20, 70, 200, "-");
        assertThat(failed()).isEqualTo(first("b (lane f-1) at 10.0.0.1:80 responded 500"));
    }

    @Test
    void ofTwoThatFailedTheOneThatEndedFirstIsNamed() {
        hop("a", 1, 0, 90, 500, "-").hop("b", 2, 10, 80, 500, "-").hop("c", 2, 12, 30, 503, "-");
        assertThat(failed()).isEqualTo(first("c (lane f-1) at 10.0.0.1:80 responded 503"));
    }

    @Test
    void aCallThatWasMadeAgainWithSuccessIsNoReason() {
        hop("a", 1, 0, 90, 500, "-").hop("b", 2, 10, 20, 503, "-").hop("b", 2, 25, 40, 200, "-");
        assertThat(failed()).isEqualTo(first("a (lane f-1) at 10.0.0.1:80 responded 500"));
    }

    @Test
    void aTimeoutNamesWhoDidNotRespond() {
        hop("a", 1, 0, 15_000, 504, "UT");
        assertThat(failed()).isEqualTo(first("a (lane f-1) at 10.0.0.1:80 did not respond in time"));
        hop("b", 2, 10, 15_001, 0, "DC").hop("c", 3, 20, 15_002, 0, "DC").hop("d", 4, 30, 60, 200, "-");
        assertThat(failed()).isEqualTo(first("c (lane f-1) at 10.0.0.1:80 had not responded when its client gave up"));
    }

    @Test
    void aResponseOfTheGatewaysOwnNamesTheGateway() {
        hop("a", 1, 0, 90, 500, "-").hop("b", 2, 10, 11, 503, "UH");
        assertThat(failed())
                .isEqualTo(
                        first("gateway gw-2 responded 503 (UH: no usable endpoint) for b (lane f-1) at 10.0.0.1:80"));
        hops.clear();
        hop("a", 1, 0, 90, 500, "-").hop("b", 2, 10, 11, 503, "UF");
        assertThat(failed()).isEqualTo(first("b (lane f-1) at 10.0.0.1:80: no connection"));
    }

    @Test
    void whatTheClientGaveUpAndWhatWentWellIsNobodysFault() {
        hop("a", 1, 0, 90, 0, "DC");
        assertThat(Chain.of(hops).failed().kind()).isEqualTo(Blame.Kind.CLIENT);
        hops.clear();
        hop("a", 1, 0, 90, 200, "-").hop("b", 2, 10, 20, 503, "-");
        assertThat(failed()).isEqualTo("nothing failed");
    }

    @Test
    void withoutTheCountOfGatewaysTimeSaysWhatWasMadeForWhat() {
        hop("a", 1, 0, 90, 500, "-").hop("b", 1, 10, 40, 200, "-").hop("c", 1, 50, 80, 500, "-");
        assertThat(Chain.of(hops).links()).extracting(Chain.Link::depth).containsExactly(0, 1, 1);
        assertThat(failed()).isEqualTo(first("c (lane f-1) at 10.0.0.1:80 responded 500"));
    }

    @Test
    void whereClocksDifferTheCountOrTheSpanSaysIt() {
        hop("a", 1, 5_000, 5_090, 500, "-").hop("b", 2, 10, 80, 500, "-");
        assertThat(failed()).startsWith(first("b "));
        hops.clear();
        hop("b", 0, 0, 80, 500, "-");
        hops.add(new Hop(
                "g", "z", "", "GET", "/", 500, "", "-", "", T.plusMillis(500), Duration.ZERO, 0, "", Set.of("s1")));
        hops.add(new Hop("g", "y", "", "GET", "/", 500, "", "-", "", T, Duration.ZERO, 0, "s1", Set.of("s2")));
        Chain chain = Chain.of(hops);
        assertThat(chain.links())
                .filteredOn(link -> link.hop().service().equals("y"))
                .singleElement()
                .extracting(Chain.Link::depth)
                .isEqualTo(1);
    }

    @RepeatedTest(20)
    void everyHopIsInTheChainWhateverTheirTimesAndSpans() {
        Random random = new Random();
        for (int i = 0; i < 30; i++) {
            hops.add(new Hop(
                    "g" + random.nextInt(3),
                    "s" + random.nextInt(5),
                    "",
                    "GET",
                    "/",
                    random.nextInt(600),
                    "",
                    "-",
                    "",
                    T.plusMillis(random.nextInt(50)),
                    Duration.ofMillis(random.nextInt(50)),
                    random.nextInt(5),
                    "p" + random.nextInt(30),
                    Set.of("p" + random.nextInt(30))));
        }
        assertThat(Chain.of(hops).links()).hasSize(30);
    }
}
