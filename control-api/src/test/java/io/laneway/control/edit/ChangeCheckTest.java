package io.laneway.control.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.router.check.TableCheck;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeCheckTest {

    private static final int RUNS = Integer.getInteger("laneway.changes", 20_000);
    private static final List<String> LANES = List.of("f-1", "F 1", "f-2", "f-3", "master", "Master", "f-9");
    private static final List<String> SHIFTS = List.of("default", "Default", "second");
    private static final List<String> HOSTS = List.of("a.test", "A.test", "b.test", "c.test", "not a host");

    private final Random random = new Random(13);

    @Test
    void saysOfAnyChangeOfASoundTableWhatTheWholeCheckSays() {
        TableObjects table = TableObjects.EMPTY;
        int sound = 0;
        for (int i = 0; i < RUNS; i++) {
            TableObjects changed = table.with(anyChanges());
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
        Service broken = service("broken", "not a host", List.of("f-9"), "none");
        TableObjects table = TableObjects.EMPTY.with(List.of(
                new TableChange.PutService(broken),
                new TableChange.PutService(service("sound", "a.test", List.of(), null)),
                new TableChange.PutLane(Lane.named("f-1"))));
        List<TableChange> each = List.of(
                new TableChange.PutLane(Lane.named("f-2")),
                new TableChange.PutService(service("sound", "b.test", List.of("f-1"), null)),
                new TableChange.RemoveService(ServiceId.of("sound")),
                new TableChange.RemoveLane("f-1"),
                new TableChange.PutDeployment(ServiceId.of("sound"), deployment("f-1")));
        for (TableChange change : each) {
            assertThat(ChangeCheck.check(table.with(List.of(change)), List.of(change), 1))
                    .as(change.toString())
                    .isEmpty();
        }
    }

    private List<TableChange> anyChanges() {
        List<TableChange> changes = new ArrayList<>();
        do {
            changes.add(any());
        } while (random.nextInt(3) == 0);
        return changes;
    }

    private TableChange any() {
        ServiceId id = ServiceId.of("s-" + random.nextInt(4));
        return switch (random.nextInt(11)) {
            case 0, 1 -> new TableChange.PutLane(lane());
            case 2 -> new TableChange.RemoveLane(one(LANES));
            case 3, 4 ->
                new TableChange.PutService(service(
                        id.name(),
                        one(HOSTS),
                        random.nextBoolean() ? List.of(one(LANES)) : List.of(),
                        random.nextInt(3) == 0 ? one(SHIFTS) : null));
            case 5 -> new TableChange.RemoveService(id);
            case 6 -> new TableChange.PutDeployment(id, deployment(one(LANES)));
            case 7 -> new TableChange.RemoveDeployment(id, one(LANES));
            case 8 -> new TableChange.PutShift(shift());
            case 9 -> new TableChange.RemoveShift(one(SHIFTS));
            default -> other(id);
        };
    }

    private TableChange other(ServiceId id) {
        if (random.nextInt(6) == 0) {
            return new TableChange.SetBase(random.nextInt(3) == 0 ? "f-3" : "master");
        }
        List<Route> routes = List.of(new Route(List.of(), "/a", id, false));
        return new TableChange.SetRoutes(random.nextBoolean() ? List.of() : routes);
    }

    private Shift shift() {
        Environment environment = new Environment(one(LANES), Share.parse("5%"), Pins.NONE, null);
        return new Shift(one(SHIFTS), true, List.of(), List.of(environment));
    }

    private Lane lane() {
        String parent = random.nextInt(3) == 0 ? one(LANES) : null;
        LaneState state = random.nextInt(8) == 0 ? LaneState.EXPIRED : LaneState.ACTIVE;
        return new Lane(one(LANES), parent, LaneMode.PERMISSIVE, "", null, random.nextBoolean(), state);
    }

    private static Service service(String name, String host, List<String> lanes, String shift) {
        return new Service(
                ServiceId.of(name),
                List.of(host),
                shift,
                lanes.stream().map(ChangeCheckTest::deployment).toList(),
                Policy.DEFAULT);
    }

    private static Deployment deployment(String lane) {
        return Deployment.of(lane, Protocol.AUTO, List.of(Endpoint.at("127.0.0.1:80")));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
