package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.LiveParts;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.TableUpdate;
import io.laneway.router.table.delta.Applied;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What changed between two random tables leads from one to the other, however it gets there. */
class DeltaPropertyTest {

    private static final int PAIRS = 300;

    private final TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);

    private static LaneTable random(long seed) {
        return new RandomTables(seed).table();
    }

    /** The same table with a few objects of another one: what a change in real life is. */
    private static LaneTable similar(LaneTable table, LaneTable other, Random random) {
        return new LaneTable(
                table.revision(),
                random.nextInt(4) == 0 ? other.base() : table.base(),
                random.nextInt(4) == 0 ? other.carriers() : table.carriers(),
                mixed(table.lanes(), other.lanes(), one -> one.name(), random),
                mixed(table.services(), other.services(), one -> one.id().toString(), random),
                random.nextInt(3) == 0 ? List.of() : table.routes(),
                mixed(table.shifts(), other.shifts(), one -> one.name(), random),
                mixed(table.recordings(), other.recordings(), one -> one.name(), random));
    }

    private static <T> List<T> mixed(List<T> some, List<T> others, Function<T, String> name, Random random) {
        List<T> result = new ArrayList<>(some);
        result.removeIf(one -> random.nextInt(4) == 0);
        for (T other : others) {
            if (random.nextInt(3) == 0
                    && result.stream().noneMatch(one -> name.apply(one).equals(name.apply(other)))) {
                result.add(other);
            }
        }
        return result;
    }

    private static LaneTable changed(Applied applied) {
        return applied.orElseThrow(IllegalStateException::new);
    }

    /** The order of lanes, services, deployments, shifts and recordings says nothing. */
    private static LaneTable sorted(LaneTable table) {
        return new LaneTable(
                0,
                table.base(),
                table.carriers(),
                table.lanes().stream()
                        .sorted(Comparator.comparing(one -> one.name()))
                        .toList(),
                table.services().stream()
                        .map(DeltaPropertyTest::sorted)
                        .sorted(Comparator.comparing(Service::id))
                        .toList(),
                table.routes(),
                table.shifts().stream()
                        .sorted(Comparator.comparing(one -> one.name()))
                        .toList(),
                table.recordings().stream()
                        .sorted(Comparator.comparing(one -> one.name()))
                        .toList());
    }

    private static Service sorted(Service service) {
        List<Deployment> deployments = service.deployments().stream()
                .sorted(Comparator.comparing(Deployment::lane))
                .toList();
        return new Service(service.id(), service.hosts(), service.shift(), deployments, service.policy());
    }

    @Test
    void applyingTheChangesBetweenTwoTablesMakesTheSecondOfTheFirst() {
        for (long seed = 0; seed < PAIRS; seed++) {
            LaneTable from = random(seed);
            LaneTable to = similar(from, random(seed + PAIRS), new Random(seed));
            List<TableChange> changes = TableDelta.changes(from, to);
            assertThat(sorted(changed(TableDelta.edit(from, changes))))
                    .as("seed %d", seed)
                    .isEqualTo(sorted(to));
        }
    }

    @Test
    void equalTablesDoNotDifferAtWhateverRevision() {
        for (long seed = 0; seed < PAIRS; seed++) {
            LaneTable table = random(seed);
            assertThat(TableDelta.changes(table, random(seed).atRevision(table.revision() + 5)))
                    .isEmpty();
        }
    }

    @Test
    void theChangesSurviveTheWire() {
        for (long seed = 0; seed < PAIRS; seed++) {
            LaneTable from = random(seed).atRevision(1);
            LaneTable to = similar(from, random(seed + PAIRS), new Random(seed)).atRevision(2);
            TableDelta delta = TableDelta.between(from, to);
            Problems problems = Problems.strict();
            assertThat(DeltaForm.read(DeltaForm.json(delta), problems))
                    .as("seed %d: %s", seed, problems)
                    .isEqualTo(delta);
        }
    }

    @Test
    void aTableCompiledFromTheOneBeforeIsTheTableCompiledWhole() {
        for (long seed = 0; seed < PAIRS; seed++) {
            LaneTable from = random(seed).atRevision(1);
            LaneTable to = similar(from, random(seed + PAIRS), new Random(seed)).atRevision(2);
            CompiledTable<PublishedState, Void> before =
                    compiler.compile(from, null).table();
            TableUpdate<PublishedState, Void> update =
                    compiler.compile(changed(TableDelta.between(from, to).applyTo(before.model())), before);
            CompiledTable<PublishedState, Void> whole =
                    compiler.compile(update.table().model(), null).table();

            assertThat(described(update.table())).as("seed %d", seed).isEqualTo(described(whole));
            List<PublishedState> gone = states(before);
            gone.removeAll(states(update.table()));
            assertThat(update.retired()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(gone);
        }
    }

    private static List<PublishedState> states(CompiledTable<PublishedState, Void> table) {
        List<PublishedState> states = new ArrayList<>();
        for (int i = 0; i < table.services(); i++) {
            ServiceEntry<PublishedState, Void> service = table.service(i);
            for (int j = 0; j < service.deployments(); j++) {
                for (int k = 0; k < service.deployment(j).ports(); k++) {
                    states.add(service.deployment(j).port(k).state());
                }
            }
        }
        return states;
    }

    private static List<String> described(CompiledTable<PublishedState, Void> table) {
        List<String> lines = new ArrayList<>();
        lines.add("base " + table.base() + " carriers " + table.model().carriers());
        for (int i = 0; i < table.services(); i++) {
            ServiceEntry<PublishedState, Void> service = table.service(i);
            lines.add(service.name() + " shift "
                    + (table.shift(i) == null ? "-" : table.shift(i).shift()));
            for (int j = 0; j < service.deployments(); j++) {
                lines.add("  " + service.deployment(j).deployment());
                for (int k = 0; k < service.deployment(j).ports(); k++) {
                    lines.add("    " + service.deployment(j).port(k).state().usable());
                }
            }
        }
        table.model().lanes().forEach(lane -> {
            LaneEntry entry = table.lane(lane.name());
            lines.add(
                    entry + " parent " + entry.parent() + " expired " + entry.expired() + " strict " + entry.strict());
        });
        return lines;
    }

    @Test
    void aDeltaOfAnotherRevisionIsRefused() {
        LaneTable table = random(1).atRevision(4);
        assertThat(new TableDelta(3, 5, List.of()).applyTo(table))
                .isEqualTo(new Applied.Misfit("from: 3 (expected: 4)"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableDelta(3, 3, List.of()))
                .withMessage("revision: 3 (expected: above 3)");
        assertThat(new TableDelta(4, 9, List.of()).applyTo(table)).isEqualTo(new Applied.Changed(table.atRevision(9)));
    }

    @Test
    void aDeploymentOfNoServiceIsRefusedAndItsRemovalIsNothing() {
        LaneTable table = random(1).atRevision(4);
        ServiceId nobody = ServiceId.of("nobody");
        Deployment deployment = Deployment.of("f-1", Protocol.AUTO, List.of());
        assertThat(TableDelta.edit(table, List.of(new TableChange.PutDeployment(nobody, deployment))))
                .isEqualTo(new Applied.Misfit("service: nobody (expected: a service of the table)"));
        assertThat(TableDelta.edit(table, List.of(new TableChange.RemoveDeployment(nobody, "f-1"))))
                .isEqualTo(new Applied.Changed(table));
    }
}
