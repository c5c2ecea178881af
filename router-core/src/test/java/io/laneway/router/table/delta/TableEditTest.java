package io.laneway.router.table.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes to a table do what they would do to plain maps, one after the other. */
class TableEditTest {

    /** A table as maps in the order of putting. */
    private static final class Maps {

        private final Map<String, Lane> lanes = new LinkedHashMap<>();
        private final Map<ServiceId, Map<String, Deployment>> services = new LinkedHashMap<>();
        private final Map<String, Shift> shifts = new LinkedHashMap<>();
        private String base = LaneTable.DEFAULT_BASE;
        private List<Route> routes = List.of();
        private boolean fits = true;

        void apply(TableChange change) {
            if (change instanceof TableChange.PutLane put) {
                lanes.put(put.lane().name(), put.lane());
            } else if (change instanceof TableChange.RemoveLane remove) {
                lanes.remove(remove.name());
            } else if (change instanceof TableChange.PutService put) {
                services.put(put.service().id(), deployments(put.service()));
            } else if (change instanceof TableChange.RemoveService remove) {
                services.remove(remove.id());
            } else if (change instanceof TableChange.PutDeployment put) {
                fits &= services.containsKey(put.service());
                services.computeIfPresent(put.service(), (id, all) -> {
                    all.put(put.deployment().lane(), put.deployment());
                    return all;
                });
            } else if (change instanceof TableChange.RemoveDeployment remove) {
                services.getOrDefault(remove.service(), new LinkedHashMap<>()).remove(remove.lane());
            } else if (change instanceof TableChange.PutShift put) {
                shifts.put(put.shift().name(), put.shift());
            } else if (change instanceof TableChange.RemoveShift remove) {
                shifts.remove(remove.name());
            } else if (change instanceof TableChange.SetBase set) {
                base = set.base();
            } else if (change instanceof TableChange.SetRoutes set) {
                routes = set.routes();
            }
        }

        private static Map<String, Deployment> deployments(Service service) {
            Map<String, Deployment> all = new LinkedHashMap<>();
            service.deployments().forEach(one -> all.put(one.lane(), one));
            return all;
        }

        LaneTable table() {
            List<Service> list = new ArrayList<>();
            services.forEach((id, deployments) ->
                    list.add(new Service(id, List.of(), null, List.copyOf(deployments.values()), Policy.DEFAULT)));
            return new LaneTable(
                    0,
                    base,
                    LaneTable.EMPTY.carriers(),
                    List.copyOf(lanes.values()),
                    list,
                    routes,
                    List.copyOf(shifts.values()));
        }
    }

    private final Random random = new Random(40);

    /** Few names, so that most changes meet what is there, and enough of them that lists are indexed. */
    private String name(String prefix) {
        return prefix + random.nextInt(12);
    }

    private Deployment deployment() {
        return Deployment.of(name("l"), Protocol.AUTO, List.of(Endpoint.at("h:" + random.nextInt(3))));
    }

    private TableChange change() {
        ServiceId service = ServiceId.of(name("s"));
        return switch (random.nextInt(11)) {
            case 0, 1 ->
                new TableChange.PutLane(new Lane(
                        name("l"), null, LaneMode.PERMISSIVE, "d" + random.nextInt(2), null, false, LaneState.ACTIVE));
            case 2 -> new TableChange.RemoveLane(name("l"));
            case 3, 4 ->
                new TableChange.PutService(
                        new Service(service, List.of(), null, List.of(deployment()), Policy.DEFAULT));
            case 5 -> new TableChange.RemoveService(service);
            case 6 -> new TableChange.PutDeployment(service, deployment());
            case 7 -> new TableChange.RemoveDeployment(service, name("l"));
            case 8 -> new TableChange.PutShift(new Shift(name("t"), random.nextBoolean(), List.of(), List.of()));
            case 9 -> new TableChange.RemoveShift(name("t"));
            default ->
                random.nextBoolean()
                        ? new TableChange.SetBase(name("b"))
                        : new TableChange.SetRoutes(
                                List.of(new Route(List.of(), "/" + random.nextInt(3), service, false)));
        };
    }

    @Test
    void changesDoWhatTheyDoToMaps() {
        int misfits = 0;
        for (int round = 0; round < 3_000; round++) {
            Maps maps = new Maps();
            LaneTable table = LaneTable.EMPTY;
            for (int delta = 0; delta < 4 && maps.fits; delta++) {
                List<TableChange> changes = new ArrayList<>();
                for (int n = random.nextInt(25); n > 0; n--) {
                    TableChange change = change();
                    changes.add(change);
                    maps.apply(change);
                }
                Applied applied = TableDelta.edit(table, changes);
                assertThat(applied instanceof Applied.Changed)
                        .as("round %d: %s", round, changes)
                        .isEqualTo(maps.fits);
                if (applied instanceof Applied.Changed changed) {
                    assertThat(changed.table())
                            .as("round %d: %s", round, changes)
                            .isEqualTo(maps.table());
                    table = changed.table();
                } else {
                    misfits++;
                }
            }
        }
        assertThat(misfits).isGreaterThan(100);
    }

    @Test
    void theFirstMisfitIsTheOneThatIsNamedAndTheTableStays() {
        List<TableChange> changes = List.of(
                new TableChange.PutLane(Lane.named("a")),
                new TableChange.PutDeployment(ServiceId.of("x"), deployment()),
                new TableChange.PutDeployment(ServiceId.of("y"), deployment()));

        assertThat(TableDelta.edit(LaneTable.EMPTY, changes))
                .isEqualTo(new Applied.Misfit("service: x (expected: a service of the table)"));
        assertThat(LaneTable.EMPTY.lanes()).isEmpty();
    }

    @Test
    void whatNoChangeTouchesStaysTheSameObject() {
        LaneTable table = ((Applied.Changed) TableDelta.edit(
                        LaneTable.EMPTY,
                        List.of(
                                new TableChange.PutLane(Lane.named("a")),
                                new TableChange.PutShift(new Shift("t", true, List.of(), List.of())))))
                .table();
        LaneTable next = ((Applied.Changed) TableDelta.edit(
                        table, List.of(new TableChange.PutLane(Lane.named("a")), new TableChange.RemoveShift("gone"))))
                .table();

        assertThat(next.lanes()).isSameAs(table.lanes());
        assertThat(next.shifts()).isSameAs(table.shifts());
    }
}
