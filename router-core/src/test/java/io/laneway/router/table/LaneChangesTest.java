package io.laneway.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.EditPositions;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lanes that are changed one after the other are the lanes of the table that comes of it. */
class LaneChangesTest {

    private static final int NAMES = 40;

    private final Random random = new Random(21);
    private final TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);
    private final EditPositions positions = new EditPositions();

    @Test
    void manyChangesLeadToWhatOneCompilationSays() {
        CompiledTable<PublishedState, Void> running = compiler.compile(
                        new LaneTable(1, "master", Carriers.DEFAULT, List.of(), List.of(), List.of(), List.of()), null)
                .table();
        for (int i = 0; i < 3_000; i++) {
            LaneTable before = running.model();
            TableDelta delta = new TableDelta(before.revision(), before.revision() + 1, changes(before));
            LaneTable table = delta.applyTo(before, positions).orElseThrow(IllegalStateException::new);
            assertThat(table).isEqualTo(delta.applyTo(before).orElseThrow(IllegalStateException::new));
            running = compiler.compile(table, running).table();
            CompiledTable<PublishedState, Void> whole = TableCompiler.published(table);
            for (int number = 0; number < NAMES; number++) {
                assertThat(path(running.lane(name(number)))).isEqualTo(path(whole.lane(name(number))));
            }
            assertThat(running.lanes().bySlug.size())
                    .isEqualTo(whole.lanes().bySlug.size());
        }
    }

    private List<TableChange> changes(LaneTable table) {
        List<TableChange> changes = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>(table.lanes());
        for (int i = random.nextInt(3); i >= 0; i--) {
            boolean put = lanes.isEmpty() || random.nextInt(4) > 0;
            if (put) {
                changes.add(new TableChange.PutLane(lane(lanes)));
            } else {
                Lane gone = lanes.get(random.nextInt(lanes.size()));
                if (table.lanes().stream().noneMatch(lane -> gone.name().equals(lane.parent())) && changes.isEmpty()) {
                    changes.add(new TableChange.RemoveLane(gone.name()));
                    return changes;
                }
            }
        }
        return changes;
    }

    /** A new lane, or another form of one that is there; below one that comes before it, so that no cycle can be. */
    private Lane lane(List<Lane> lanes) {
        int number = random.nextInt(NAMES);
        String parent = lanes.stream()
                .map(Lane::name)
                .filter(name -> name.compareTo(name(number)) < 0 && random.nextInt(4) == 0)
                .findFirst()
                .orElse(null);
        return new Lane(
                name(number),
                parent,
                random.nextBoolean() ? LaneMode.STRICT : LaneMode.PERMISSIVE,
                "",
                null,
                false,
                random.nextInt(5) == 0 ? LaneState.EXPIRED : LaneState.ACTIVE);
    }

    private static String name(int number) {
        return (number % 3 == 0 ? "Feature/" : "lane-") + (char) ('a' + number % 26) + number;
    }

    /** A lane and those above it, as said. */
    private static List<String> path(@Nullable LaneEntry lane) {
        List<String> path = new ArrayList<>();
        for (LaneEntry at = lane; at != null; at = at.parent()) {
            path.add(at.slug() + " " + at.expired() + " " + at.lane());
        }
        return path;
    }
}
