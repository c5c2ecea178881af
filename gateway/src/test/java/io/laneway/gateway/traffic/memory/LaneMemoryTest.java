package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.runtime.config.MemoryConfig;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is remembered, how long, and what becomes of one id with two lanes. */
class LaneMemoryTest {

    private static final long SECOND = 1_000_000_000L;

    private final LaneMemory memory = memory(1000);
    private final Recalled found = new Recalled();

    private static LaneMemory memory(int entries) {
        return new LaneMemory(new MemoryConfig(entries, Duration.ofSeconds(60)), true, new SplittableRandom(1));
    }

    private static TraceIds ids(LaneMemory of, String id) {
        TraceIds ids = new TraceIds(of.hash());
        HeaderLines lines = new HeaderLines();
        lines.add(HeaderName.of("x-request-id"), id);
        ids.read(lines, true);
        return ids;
    }

    private boolean remember(String id, String lane, long now) {
        return memory.remember(ids(memory, id), Slice.of(lane), 0, 1, now);
    }

    private String recall(String id, long now) {
        memory.recall(ids(memory, id), now, found);
        return switch (found.state()) {
            case 0 -> "nothing";
            case Entry.LANE -> found.lane().toString();
            case Entry.NO_LANE -> "none";
            default -> "conflict";
        };
    }

    @Test
    void remembersTheLaneOfAnIdAndNothingOfOthers() {
        assertThat(recall("1", 0)).isEqualTo("nothing");
        assertThat(remember("1", "f-1", 0)).isFalse();
        assertThat(remember("1", "f-1", 1)).isFalse();
        assertThat(remember("2", "", 1)).isFalse();

        assertThat(recall("1", SECOND)).isEqualTo("f-1");
        assertThat(found.service()).isEqualTo(1);
        assertThat(recall("2", SECOND)).isEqualTo("none");
        assertThat(recall("3", SECOND)).isEqualTo("nothing");
    }

    @Test
    void anIdWithTwoLanesIsInConflictAndCountedOnce() {
        remember("1", "f-1", 0);
        assertThat(remember("1", "f-2", 1)).isTrue();
        assertThat(remember("1", "f-1", 2)).isFalse();
        assertThat(remember("1", "f-3", 3)).isFalse();
        assertThat(recall("1", 4)).isEqualTo("conflict");

        remember("2", "", 0);
        assertThat(remember("2", "f-1", 1)).isTrue();
        assertThat(recall("2", 4)).isEqualTo("conflict");
    }

    @Test
    void isRememberedAtLeastAsLongAsConfiguredAndAtMostTwice() {
        remember("1", "f-1", 0);
        remember("2", "f-2", 59 * SECOND);
        assertThat(recall("1", 60 * SECOND)).isEqualTo("f-1");
        remember("3", "f-3", 61 * SECOND);

        assertThat(recall("1", 62 * SECOND)).isEqualTo("f-1");
        assertThat(recall("2", 118 * SECOND)).isEqualTo("f-2");
        assertThat(recall("1", 122 * SECOND)).as("without another request").isEqualTo("nothing");
        remember("4", "f-4", 122 * SECOND);
        assertThat(recall("1", 122 * SECOND)).isEqualTo("nothing");
        assertThat(recall("3", 122 * SECOND)).isEqualTo("f-3");
        assertThat(recall("3", 300 * SECOND)).isEqualTo("nothing");
    }

    @Test
    void aConflictWithTheElderGenerationIsOne() {
        remember("1", "f-1", 0);
        remember("2", "f-1", 0);
        assertThat(remember("1", "f-2", 61 * SECOND)).isTrue();
        assertThat(remember("2", "f-1", 61 * SECOND)).isFalse();

        assertThat(recall("1", 62 * SECOND)).isEqualTo("conflict");
        assertThat(recall("2", 62 * SECOND)).isEqualTo("f-1");
        remember("3", "f-1", 122 * SECOND);
        assertThat(remember("1", "f-2", 123 * SECOND)).as("the same conflict").isFalse();
        assertThat(recall("1", 123 * SECOND)).isEqualTo("conflict");
    }

    @Test
    void theLatestIdsStayWhenThereAreTooMany() {
        for (int i = 0; i < 10_000; i++) {
            remember("id-" + i, "f-" + i % 7, 0);
        }
        for (int i = 9_000; i < 10_000; i++) {
            assertThat(recall("id-" + i, 1)).isEqualTo("f-" + i % 7);
        }
        assertThat(recall("id-1", 1)).isEqualTo("nothing");
    }

    @Test
    void moreLanesThanThereAreNumbersForAreNotRemembered() {
        for (int i = 0; i < 4000; i++) {
            memory.remember(ids(memory, "same"), Slice.of("lane-" + i), 0, 1, 0);
        }
        LaneMemory many = memory(100_000);
        int known = 0;
        for (int i = 0; i < 4000; i++) {
            many.remember(ids(many, "id-" + i), Slice.of("lane-" + i), 0, 1, 0);
            many.recall(ids(many, "id-" + i), 0, found);
            known += found.state() == Entry.LANE ? 1 : 0;
            assertThat(found.state()).isNotEqualTo(Entry.CONFLICT);
        }
        assertThat(known).isBetween(3000, 3999);
    }

    @Test
    void manyThreadsAgreeOnWhatIsInConflict() throws Exception {
        int ids = 1600;
        AtomicInteger conflicts = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String lane = "f-" + thread % 2;
                all.add(threads.submit(() -> {
                    LaneMemory shared = memory;
                    for (int i = 0; i < ids / 2; i++) {
                        boolean both = i % 2 == 0;
                        if (shared.remember(ids(shared, "id-" + i), Slice.of(both ? lane : "f-9"), 0, 1, 0)) {
                            conflicts.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        for (int i = 0; i < ids / 2; i++) {
            assertThat(recall("id-" + i, 1)).isEqualTo(i % 2 == 0 ? "conflict" : "f-9");
        }
        assertThat(conflicts).hasValue(ids / 4);
    }
}
