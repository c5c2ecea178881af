package io.laneway.control.rest.table;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.LaneRemoval;
import io.laneway.control.lane.LaneTtls;
import io.laneway.control.shift.KeptSlots;
import io.laneway.control.table.JoinOverlay;
import io.laneway.control.table.TableObjects;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.table.delta.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several objects to put at once, in the form of a table that names only them, and names to {@code delete}. Immutable.
 *
 * @param ttls  how long lanes live that say so
 * @param given the keys that the document has, since what it leaves out stays
 */
record Bundle(LaneTable table, LaneTtls ttls, Set<String> given, Map<String, List<String>> delete) {

    Bundle {
        given = Set.copyOf(given);
        delete = Map.copyOf(delete);
    }

    static @Nullable Bundle read(Node document, Problems problems) {
        if (!(document instanceof Mapping mapping)) {
            Fields.of(document, problems);
            return null;
        }
        LaneTtls ttls = LaneTtls.of(document, problems);
        Fields fields = Fields.of(ttls.rest(), problems);
        fields.integer("schema", LaneTable.SCHEMA, LaneTable.SCHEMA, LaneTable.SCHEMA);
        fields.number("revision", 0, Long.MAX_VALUE, 0);
        String base = fields.text("base", LaneTable.DEFAULT_BASE);
        Carriers carriers = fields.object("carriers", TableReader::carriers, Carriers.DEFAULT);
        List<Lane> lanes = fields.list("lanes", TableReader::lane);
        List<Service> services = fields.list("services", TableReader::service);
        List<Route> routes = fields.list("routes", TableReader::route);
        List<Shift> shifts = fields.list("shifts", TableReader::shift);
        List<Recording> recordings = fields.list("recordings", TableReader::recording);
        Map<String, List<String>> delete = fields.object("delete", Bundle::deletions, Map.of());
        return fields.build(() -> new Bundle(
                new LaneTable(0, base, carriers, lanes, services, routes, shifts, recordings),
                ttls,
                mapping.members().keySet(),
                delete));
    }

    private static Map<String, List<String>> deletions(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Map<String, List<String>> all = Map.of(
                "lanes",
                fields.texts("lanes"),
                "services",
                fields.texts("services"),
                "shifts",
                fields.texts("shifts"),
                "recordings",
                fields.texts("recordings"));
        fields.end();
        return all;
    }

    /** What the history says of it. */
    String subject() {
        return given.size() == 1 ? given.iterator().next() : "objects";
    }

    /** Lanes and shifts are a releaser's; services, routes, carriers and the base lane an admin's. */
    void authorize(Call call) {
        Set<String> releasers = Set.of("schema", "revision", "lanes", "shifts", "recordings", "delete");
        boolean services = !delete.getOrDefault("services", List.of()).isEmpty();
        if ((services || !releasers.containsAll(given))
                && !call.principal().role().covers(Role.ADMIN)) {
            throw Denied.insufficient("role " + call.principal().role().word()
                    + " (expected: admin for services, routes, carriers, base)");
        }
        if (!table.shifts().isEmpty()
                || !delete.getOrDefault("shifts", List.of()).isEmpty()
                || !table.recordings().isEmpty()
                || !delete.getOrDefault("recordings", List.of()).isEmpty()
                || services) {
            call.mayChangeAll();
        }
        table.recordings().forEach(recording -> RecordingRights.keep(call, recording));
        table.lanes().forEach(lane -> call.mayChange(lane.name()));
        delete.getOrDefault("lanes", List.of()).forEach(call::mayChange);
    }

    TableObjects applyTo(TableObjects now, LaneLife life) {
        List<TableChange> changes = new ArrayList<>();
        if (given.contains("base")) {
            changes.add(new TableChange.SetBase(table.base()));
        }
        if (given.contains("carriers")) {
            changes.add(new TableChange.SetCarriers(table.carriers()));
        }
        if (given.contains("routes")) {
            changes.add(new TableChange.SetRoutes(table.routes()));
        }
        table.lanes().forEach(lane -> changes.add(new TableChange.PutLane(lane)));
        table.services()
                .forEach(service -> changes.add(
                        new TableChange.PutService(JoinOverlay.wanted(service, now.service(service.id())))));
        table.shifts()
                .forEach(
                        shift -> changes.add(new TableChange.PutShift(KeptSlots.kept(now.shift(shift.name()), shift))));
        table.recordings().forEach(recording -> changes.add(new TableChange.PutRecording(recording)));
        TableObjects wanted = ttls.applyTo(now, now.with(changes), life);
        for (String service : delete.getOrDefault("services", List.of())) {
            wanted = ServicesResource.without(wanted, ServiceId.parse(service));
        }
        for (String shift : delete.getOrDefault("shifts", List.of())) {
            wanted = wanted.with(List.of(new TableChange.RemoveShift(shift)));
        }
        for (String recording : delete.getOrDefault("recordings", List.of())) {
            wanted = wanted.with(List.of(new TableChange.RemoveRecording(recording)));
        }
        for (String lane : delete.getOrDefault("lanes", List.of())) {
            wanted = LaneRemoval.without(wanted, lane);
        }
        return wanted;
    }
}
