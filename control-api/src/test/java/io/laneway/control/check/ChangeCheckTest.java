package io.laneway.control.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.table.AnyChanges;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.router.check.TableCheck;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeCheckTest {

    private static final int RUNS = Integer.getInteger("laneway.changes", 20_000);

    private final AnyChanges any = new AnyChanges(new Random(13));

    @Test
    void saysOfAnyChangeOfASoundTableWhatTheWholeCheckSays() {
        TableObjects table = TableObjects.EMPTY;
        int sound = 0;
        for (int i = 0; i < RUNS; i++) {
            TableObjects changed = table.with(any.next());
            List<TableChange> changes = TableDiff.between(table, changed);
            List<Problem> whole = TableCheck.check(changed.table(1));
            assertThat(ChangeCheck.check(changed, changes, 1))
                    .as("run %d, %s", i, changes)
                    .isEqualTo(whole);
            if (whole.isEmpty()) {
                table = changed;
                sound++;
            }
        }
        assertThat(sound).isBetween(RUNS / 10, RUNS * 9 / 10);
    }

    @Test
    void looksAtWhatChangedAndNotAtTheRestOfTheTable() {
        Service broken = AnyChanges.service("broken", "not a host", List.of("f-9"), "none");
        TableObjects table = TableObjects.EMPTY.with(List.of(
                new TableChange.PutService(broken),
                new TableChange.PutService(AnyChanges.service("sound", "a.test", List.of(), null)),
                new TableChange.PutLane(Lane.named("f-1"))));
        List<TableChange> each = List.of(
                new TableChange.PutLane(Lane.named("f-2")),
                new TableChange.PutService(AnyChanges.service("sound", "b.test", List.of("f-1"), null)),
                new TableChange.RemoveService(ServiceId.of("sound")),
                new TableChange.RemoveLane("f-1"),
                new TableChange.PutDeployment(ServiceId.of("sound"), AnyChanges.deployment("f-1")));
        for (TableChange change : each) {
            assertThat(ChangeCheck.check(table.with(List.of(change)), List.of(change), 1))
                    .as(change.toString())
                    .isEmpty();
        }
    }
}
