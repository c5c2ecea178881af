package io.laneway.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.TestClock;
import io.laneway.control.store.NoticeRows.NoticeRow;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.store.SideRows.GatewayRow;
import io.laneway.control.store.TokenRows.TokenRow;
import io.laneway.control.store.database.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept beside the table, in both databases, against maps that do the same by hand. */
class RowsRunsTest {

    private static final int RUNS = Integer.getInteger("laneway.rows", 300);

    @TempDir
    Path directory;

    private final Random random = new Random(37);
    private final TestClock clock = new TestClock();
    private ControlStore store;

    private void open(String kind) {
        StoreConfig config = kind.equals("sqlite") ? new StoreConfig.Sqlite(directory) : Postgres.fresh();
        store = ControlStore.open(config, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static AuditRow audit(String what) {
        return new AuditRow(0, 1, "ada", "test", "", what, "token", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void plansAreMovedByWhoKnowsTheirVersion(String kind) {
        open(kind);
        Map<String, PlanRow> model = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            String shift = one("a", "b", "c");
            long known = model.containsKey(shift) ? model.get(shift).version() : 0;
            long version = known + random.nextInt(3);
            PlanRow row = new PlanRow(shift, version, random.nextInt(4) == 0 && version > 1 ? "" : "body " + run);
            if (version == known + 1) {
                store.side().putPlan(row);
                if (row.body().isEmpty()) {
                    model.remove(shift);
                } else {
                    model.put(shift, row);
                }
            } else {
                assertThatThrownBy(() -> store.side().putPlan(row))
                        .as("run %d: %s of version %d", run, row, known)
                        .isInstanceOf(StaleRow.class);
            }
            assertThat(store.side().plans()).isEqualTo(List.copyOf(model.values()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void theLatestUseOfALaneCountsAndItsTtlStaysUntilAnotherIsGiven(String kind) {
        open(kind);
        Map<String, LaneUse> model = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            List<LaneUse> uses = new ArrayList<>();
            for (String lane : List.of("f-1", "f-2", "f-3")) {
                if (random.nextBoolean()) {
                    uses.add(new LaneUse(lane, random.nextInt(100), random.nextInt(4) - 1));
                }
            }
            store.side().used(uses);
            for (LaneUse use : uses) {
                LaneUse old = model.getOrDefault(use.lane(), new LaneUse(use.lane(), Long.MIN_VALUE, 0));
                long ttl = use.ttl() < 0 ? old.ttl() : use.ttl();
                model.put(use.lane(), new LaneUse(use.lane(), Math.max(old.at(), use.at()), ttl));
            }
            if (random.nextInt(10) == 0) {
                store.side().forgetUse("f-1");
                model.remove("f-1");
            }
            assertThat(store.side().laneUse()).as("run %d", run).isEqualTo(model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aLeaseHasAtMostOneHolderAtAnyTime(String kind) {
        open(kind);
        Map<String, String> holders = new HashMap<>();
        Map<String, Long> until = new HashMap<>();
        int taken = 0;
        for (int run = 0; run < RUNS; run++) {
            String job = one("plans", "lanes");
            String holder = one("a", "b", "c");
            Duration time = Duration.ofMillis(1 + random.nextInt(20));
            long now = clock.millis();
            boolean free = !holders.containsKey(job) || holders.get(job).equals(holder) || until.get(job) < now;

            assertThat(store.side().lease(job, holder, time)).as("run %d", run).isEqualTo(free);

            if (free) {
                taken += holder.equals(holders.put(job, holder)) ? 0 : 1;
                until.put(job, now + time.toMillis());
            }
            clock.pass(Duration.ofMillis(random.nextInt(10)));
        }
        assertThat(taken).as("changes of the holder").isGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aMessageIsClaimedByOneAndComesAgainWhenItIsDue(String kind) {
        open(kind);
        Map<String, NoticeRow> model = new HashMap<>();
        NoticeRows rows = store.notices();
        for (int run = 0; run < RUNS; run++) {
            long now = 10L * run;
            if (random.nextInt(3) == 0) {
                NoticeRow row = new NoticeRow(
                        "id-" + run, one("x", "y"), "expired", "f-1", "{}", now, now + random.nextInt(50), 1);
                int dropped = rows.add(List.of(row), 8);
                model.put(row.id(), row);
                while (model.size() > 8) {
                    model.values().stream()
                            .min(Comparator.comparingLong(NoticeRow::at))
                            .ifPresent(oldest -> model.remove(oldest.id()));
                    dropped--;
                }
                assertThat(dropped).isZero();
            }
            List<NoticeRow> due = rows.due(now, 100);
            assertThat(due)
                    .as("run %d", run)
                    .containsExactlyInAnyOrderElementsOf(model.values().stream()
                            .filter(row -> row.due() <= now)
                            .toList())
                    .isSortedAccordingTo(Comparator.comparingLong(NoticeRow::due));
            for (NoticeRow row : due) {
                assertThat(rows.claim(row, now + 30)).isTrue();
                assertThat(rows.claim(row, now + 40)).as("another replica").isFalse();
                model.put(row.id(), row.claimed(now + 30));
                if (random.nextInt(3) == 0) {
                    rows.done(row.id());
                    model.remove(row.id());
                } else if (random.nextBoolean()) {
                    rows.later(row.id(), now + 15);
                    NoticeRow claimed = row.claimed(now + 15);
                    model.put(row.id(), claimed);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void tokensAndTheAuditAreWrittenTogether(String kind) {
        open(kind);
        Map<String, TokenRow> model = new TreeMap<>();
        int noted = 0;
        for (int run = 0; run < RUNS / 3; run++) {
            String id = one("t-1", "t-2", "t-3", "t-4");
            TokenRow token = new TokenRow(id, "hash " + run, "ada", "viewer", "", run, 0);
            switch (random.nextInt(3)) {
                case 0 -> {
                    boolean first = store.tokens().addFirst(List.of(token), audit("first " + run));
                    assertThat(first).as("run %d", run).isEqualTo(model.isEmpty());
                    if (first) {
                        model.put(id, token);
                        noted++;
                    }
                }
                case 1 -> {
                    if (!model.containsKey(id)) {
                        store.tokens().add(token, audit("add " + run));
                        model.put(id, token);
                        noted++;
                    } else {
                        assertThatThrownBy(() -> store.tokens().add(token, audit("twice")));
                    }
                }
                default -> {
                    boolean removed = store.tokens().remove(id, audit("remove " + run));
                    assertThat(removed).isEqualTo(model.remove(id) != null);
                    noted += removed ? 1 : 0;
                }
            }
            assertThat(store.tokens().all()).containsExactlyInAnyOrderElementsOf(model.values());
            assertThat(store.tokens().byHash(token.hash()).isPresent()).isEqualTo(model.containsValue(token));
        }
        List<AuditRow> all = store.history().audit(Long.MAX_VALUE, 10_000, RowFilter.ALL);
        assertThat(all).hasSize(noted);
        assertThat(all).extracting(AuditRow::number).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all.get(all.size() - 1).number()).isEqualTo(1);
        assertThat(store.history().audit(4, 2, RowFilter.ALL))
                .extracting(AuditRow::number)
                .containsExactly(3L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void gatewaysAndResponsesAreForgottenByTheirTime(String kind) {
        open(kind);
        for (int i = 0; i < 10; i++) {
            store.side().putGateway(new GatewayRow("gw-" + i, i, "{}"));
            store.side().putGateway(new GatewayRow("gw-" + i, 10L * i, "{\"n\":" + i + "}"));
            store.responded(new ResponseRow("ada", "key-" + i, "hash", 10L * i, i, 200, "", "body " + i));
        }

        store.side().forgetGateways(30);
        store.side().forgetResponses(50);

        assertThat(store.side().gatewaysSince(50))
                .extracting(GatewayRow::id)
                .containsExactly("gw-6", "gw-7", "gw-8", "gw-9");
        assertThat(store.side().gatewaysSince(-1)).hasSize(7);
        assertThat(store.side().gateway("gw-2")).isEmpty();
        assertThat(store.side().gateway("gw-3")).contains(new GatewayRow("gw-3", 30, "{\"n\":3}"));
        assertThat(store.response("ada", "key-4")).isEmpty();
        assertThat(store.response("ada", "key-5")).map(ResponseRow::body).contains("body 5");
        assertThat(store.response("bob", "key-5")).as("a key is of one subject").isEmpty();
    }
}
