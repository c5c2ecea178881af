package io.laneway.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.unit.Share;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which lanes are expired at which time, however the compiled table came to be, against the rule written down again. */
class LaneExpiryPropertyTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final int LANES = 7;

    /** Time that the test sets. */
    private static final class SettableClock extends Clock {

        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Random random = new Random(29);
    private final SettableClock clock = new SettableClock();

    private LaneTable table() {
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            if (random.nextInt(5) > 0) {
                lanes.add(new Lane(
                        "Lane-" + i,
                        i > 0 && random.nextInt(3) == 0 ? "lane-" + random.nextInt(i) : null,
                        LaneMode.PERMISSIVE,
                        "",
                        random.nextInt(3) == 0 ? null : NOON.plusSeconds(random.nextInt(40)),
                        random.nextInt(4) == 0,
                        random.nextInt(6) == 0 ? LaneState.EXPIRED : LaneState.ACTIVE));
            }
        }
        List<Environment> environments = random.nextBoolean()
                ? List.of()
                : List.of(new Environment("LANE-" + random.nextInt(LANES), Share.NONE, Pins.NONE, List.of()));
        return new LaneTable(
                1,
                "master",
                Carriers.DEFAULT,
                lanes,
                List.of(),
                List.of(),
                List.of(new Shift("default", random.nextBoolean(), List.of(), environments)));
    }

    private static boolean isNeeded(LaneTable table, Lane lane) {
        return table.lanes().stream().anyMatch(other -> lane.name().equalsIgnoreCase(other.parent()))
                || table.shifts().stream()
                        .flatMap(shift -> shift.environments().stream())
                        .anyMatch(environment -> lane.name().equalsIgnoreCase(environment.lane()));
    }

    private static boolean ends(LaneTable table, Lane lane) {
        return lane.state() != LaneState.EXPIRED && lane.expiresAt() != null && !lane.keep() && !isNeeded(table, lane);
    }

    private void check(LaneTable table, CompiledTable<PublishedState, Void> compiled) {
        TreeSet<Instant> next = new TreeSet<>();
        for (Lane lane : table.lanes()) {
            boolean over = ends(table, lane)
                    && !Objects.requireNonNull(lane.expiresAt()).isAfter(clock.now);
            assertThat(Objects.requireNonNull(compiled.lane(lane.name())).expired())
                    .as("%s at %s in %s", lane, clock.now, table)
                    .isEqualTo(over || lane.state() == LaneState.EXPIRED);
            if (ends(table, lane) && !over) {
                next.add(lane.expiresAt());
            }
        }
        assertThat(compiled.nextExpiry()).isEqualTo(next.isEmpty() ? null : next.first());
    }

    @Test
    void lanesExpireAtTheirTimeWhateverWasBefore() {
        TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, clock);
        for (int round = 0; round < 400; round++) {
            clock.now = NOON;
            LaneTable table = table();
            CompiledTable<PublishedState, Void> compiled =
                    compiler.compile(table, null).table();
            check(table, compiled);
            for (int step = 0; step < 12; step++) {
                clock.now = clock.now.plusSeconds(random.nextInt(6));
                table = random.nextInt(3) == 0 ? table() : table;
                compiled = compiler.compile(table, compiled).table();
                check(table, compiled);
            }
        }
    }

    @Test
    void withoutAClockThePublishedStateAloneDecides() {
        TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);
        for (int round = 0; round < 200; round++) {
            LaneTable table = table();
            CompiledTable<PublishedState, Void> compiled =
                    compiler.compile(table, null).table();
            for (Lane lane : table.lanes()) {
                assertThat(Objects.requireNonNull(compiled.lane(lane.name())).expired())
                        .isEqualTo(lane.state() == LaneState.EXPIRED);
            }
            assertThat(compiled.nextExpiry()).isNull();
        }
    }
}
