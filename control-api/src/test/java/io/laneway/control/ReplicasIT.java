package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch.Event;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the control API on one PostgreSQL. 150 wins in the build, {@code -Dlaneway.wins=N} for more. */
class ReplicasIT {

    private static final int WRITERS = 16;
    private static final int WINS = Integer.getInteger("laneway.wins", 150);

    @TempDir
    Path directory;

    private TestControl one;
    private TestControl two;

    @BeforeEach
    void start() {
        StoreConfig.Postgres store = Postgres.fresh();
        one = TestControl.start(ControlConfig.in(directory, 0).with(store));
        two = TestControl.start(ControlConfig.in(directory, 0).with(store));
        one.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void sixteenWritersWithIfMatchHaveExactlyOneWinnerForEachRevisionAndAHoppingWatcherSeesEachOnce() throws Exception {
        Map<String, Long> winners = new ConcurrentHashMap<>();
        List<Long> revisions = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            TestControl mine = i % 2 == 0 ? one : two;
            int writer = i;
            writers.add(pool.submit(() -> {
                for (int n = 0; revisions.size() < WINS; n++) {
                    String etag = mine.get("/v1/shifts/default").etag();
                    String share = "{\"environments\":[{\"lane\":\"G0\",\"share\":\"" + (writer * 6 + n % 6) + "."
                            + (n % 100) + "%\"}]}";
                    Answer answer = mine.put("/v1/shifts/default", share, "If-Match", etag);
                    if (answer.status() == 200 && answer.json().getBoolean("changed")) {
                        assertThat(winners.put(etag, answer.revision()))
                                .as("one winner for " + etag)
                                .isNull();
                        revisions.add(answer.revision());
                    } else {
                        assertThat(answer.status()).isIn(200, 412);
                    }
                }
            }));
        }
        List<Long> seen = hop();
        for (Future<?> writer : writers) {
            writer.get(120, TimeUnit.SECONDS);
        }
        pool.shutdown();
        List<Long> sorted = new ArrayList<>(revisions);
        Collections.sort(sorted);
        for (int i = 0; i < sorted.size(); i++) {
            assertThat(sorted.get(i)).isEqualTo(i + 2L);
        }
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(i + 2L);
        }
        System.out.println("replicas: " + sorted.size() + " wins, " + seen.size() + " revisions seen by the watcher");
    }

    /** The private keys are in the store: there is one for a lane, also where both make its first link at once. */
    @Test
    void aLaneHasOneKeyForTheLinksOfAllReplicasAndEitherRevokesThem() {
        one.put("/v1/lanes/f-1", "");
        await().until(() -> two.get("/v1/lanes/f-1").status() == 200);

        CompletableFuture<LaneLink> other = CompletableFuture.supplyAsync(() -> link(two));
        LaneLink first = link(one);
        LaneLink second = other.join();
        LinkKey key = key(one);
        assertThat(key).isNotNull();
        await().untilAsserted(() -> assertThat(key(two)).isEqualTo(key));
        assertThat(key.signed(first)).isTrue();
        assertThat(key.signed(second)).isTrue();
        assertThat(key.signed(link(two))).as("once it is known").isTrue();

        assertThat(two.delete("/v1/lanes/f-1/links").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(key(one)).isNull());
        LaneLink later = link(one);
        assertThat(key(one).signed(later)).isTrue();
        assertThat(key(one).signed(first)).isFalse();
        await().untilAsserted(() -> assertThat(key(two)).isEqualTo(key(one)));
        assertThat(one.delete("/v1/links").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(key(two)).isNull());
    }

    private static LaneLink link(TestControl replica) {
        Answer answer = replica.post("/v1/lanes/f-1/links", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return LaneLink.parse(answer.json().getString("key"));
    }

    private static LinkKey key(TestControl replica) {
        String key = replica.get("/v1/lanes/f-1").json().getString("linkKey");
        return key == null ? null : LinkKey.parse(key);
    }

    /** Watches one replica and then the other, in turns. */
    private List<Long> hop() {
        List<Long> seen = new ArrayList<>();
        long last = 1;
        for (int hop = 0; last < WINS; hop++) {
            try (TestWatch watch = (hop % 2 == 0 ? one : two).watch("?from=" + last)) {
                for (int i = 0; i < 20 && last < WINS; i++) {
                    Event event = watch.next();
                    assertThat(event.name()).isEqualTo("delta");
                    seen.add(event.id());
                    last = event.id();
                }
            }
        }
        return seen;
    }

    @Test
    void aGuardSeesWhatGatewaysReportToEitherReplica() {
        report(one, "gw-1", 0, 0);
        report(two, "gw-2", 0, 0);
        // Gateways report every five seconds, and replicas look every second: so each has seen both by now.
        assertThat(one.get("/v1/gateways").json().getJsonArray("gateways")).hasSize(2);
        assertThat(two.get("/v1/gateways").json().getJsonArray("gateways")).hasSize(2);
        one.put(
                "/v1/shifts/default/plan",
                "{\"lane\":\"G0\",\"steps\":[{\"share\":\"5%\",\"pause\":\"1h\"}],"
                        + "\"guard\":{\"window\":\"5m\",\"minSamples\":1000,\"errorRate\":\"1%\"}}");
        // Neither replica heard of a thousand requests by itself.
        report(one, "gw-1", 600, 0);
        report(two, "gw-2", 600, 60);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> two.get("/v1/shifts/default/plan")
                        .json()
                        .getString("status")
                        .equals("aborted"));
        assertThat(one.get("/v1/shifts/default/plan").json().getString("why")).contains("5.00% errors");
        assertThat(one.get("/v1/gateways").json().getJsonArray("gateways")).hasSize(2);
    }

    private static void report(TestControl replica, String gateway, long requests, long errors) {
        String totals = "{\"service\":\"a\",\"lane\":\"G0\",\"requested\":\"G0\",\"requests\":" + requests
                + ",\"errors\":" + errors + "}";
        assertThat(replica.post("/v1/gateways/" + gateway + "/report", "{\"started\":\"1\",\"lanes\":[" + totals + "]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aReplicaHearsOfTheOthersRevisionsByItself() {
        long slowest = 0;
        try (TestWatch watch = two.watch("?from=1")) {
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                one.put("/v1/lanes/r-" + i, "{}");
                Event event = watch.next();
                assertThat(event.id()).isEqualTo(i + 2L);
                slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(event.nanos() - start));
            }
            assertThat(two.get("/v1/lanes/r-9").status()).isEqualTo(200);
        }
        System.out.println("replicas: the other heard within " + slowest + " ms");
        // Time is asserted on a machine that does nothing else only: -Dlaneway.replica.ms=100.
        assertThat(slowest).isLessThan(Long.getLong("laneway.replica.ms", Long.MAX_VALUE));
    }
}
