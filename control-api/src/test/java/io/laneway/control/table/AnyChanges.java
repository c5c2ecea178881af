package io.laneway.control.table;

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

/** Changes of a table by chance, of few objects, so that they meet: most leave a sound table sound. Confined to one thread. */
public final class AnyChanges {

    private static final List<String> LANES = List.of("f-1", "F 1", "f-2", "f-3", "master", "Master", "f-9");
    private static final List<String> SHIFTS = List.of("default", "Default", "second");
    private static final List<String> HOSTS = List.of("a.test", "A.test", "b.test", "c.test", "not a host");

    private final Random random;

    public AnyChanges(Random random) {
        this.random = random;
    }

    /** One change or several. */
    public List<TableChange> next() {
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

    public static Service service(String name, String host, List<String> lanes, String shift) {
        return new Service(
                ServiceId.of(name),
                List.of(host),
                shift,
                lanes.stream().map(AnyChanges::deployment).toList(),
                Policy.DEFAULT);
    }

    public static Deployment deployment(String lane) {
        return Deployment.of(lane, Protocol.AUTO, List.of(Endpoint.at("127.0.0.1:80")));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
