package io.laneway.control.table;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what the store keeps, as JSON. What the store holds was checked when it was put, and a newer version
 * may have put it, so reading ignores unknown keys.
 */
public final class Bodies {

    private Bodies() {}

    /** The objects of a table from their rows, in order. */
    public static TableObjects objects(List<ObjectRow> rows) {
        TableObjects.Building building = TableObjects.EMPTY.building();
        rows.forEach(row -> building.apply(List.of(put(row))));
        return building.done();
    }

    private static TableChange put(ObjectRow row) {
        return switch (row.key().kind()) {
            case "lane" -> new TableChange.PutLane(read(row.body(), TableReader::lane));
            case "service" -> new TableChange.PutService(read(row.body(), TableReader::service));
            case "shift" -> new TableChange.PutShift(read(row.body(), TableReader::shift));
            case "recording" -> new TableChange.PutRecording(read(row.body(), TableReader::recording));
            case "carriers" -> new TableChange.SetCarriers(read(row.body(), TableReader::carriers));
            case "routes" ->
                new TableChange.SetRoutes(read(row.body(), (n, p) -> Values.list(n, TableReader::route, p)));
            default -> new TableChange.SetBase(read(row.body(), Values::text));
        };
    }

    /** One object as JSON, null if it is not there. */
    public static @Nullable String object(TableObjects objects, ObjectKey key) {
        return switch (key.kind()) {
            case "lane" -> written(objects.lanes().get(key.name()), Bodies::lane);
            case "service" -> written(objects.services().get(ServiceId.parse(key.name())), Bodies::service);
            case "shift" -> written(objects.shifts().get(key.name()), Bodies::shift);
            case "recording" -> written(objects.recordings().get(key.name()), Bodies::recording);
            case "carriers" -> text(TableWriter.json(objects.carriers()));
            case "routes" -> routes(objects.routes());
            default -> Json.encode(objects.base());
        };
    }

    private static <T> @Nullable String written(@Nullable T object, Function<T, String> writer) {
        return object == null ? null : writer.apply(object);
    }

    private static String routes(List<Route> routes) {
        return routes.stream().map(route -> text(TableWriter.json(route))).collect(Collectors.joining(",", "[", "]"));
    }

    public static String lane(Lane lane) {
        return text(TableWriter.json(lane));
    }

    public static String service(Service service) {
        return text(TableWriter.json(service));
    }

    public static String deployment(Deployment deployment) {
        return text(TableWriter.json(deployment));
    }

    public static String shift(Shift shift) {
        return text(TableWriter.json(shift));
    }

    public static String recording(Recording recording) {
        return text(TableWriter.json(recording));
    }

    public static String table(LaneTable table) {
        return text(TableWriter.json(table));
    }

    /** A table that the store wrote. */
    public static LaneTable readTable(String json) {
        return read(json, TableReader::table);
    }

    public static String changes(List<TableChange> changes) {
        return text(DeltaForm.json(changes));
    }

    /** Changes that the store wrote. */
    public static List<TableChange> readChanges(String json) {
        return read(json, (node, problems) -> Values.list(node, DeltaForm::change, problems));
    }

    /** What a source found, as the store keeps it. */
    public static String overlay(Overlay overlay) {
        LaneTable table = new LaneTable(
                0,
                LaneTable.DEFAULT_BASE,
                LaneTable.EMPTY.carriers(),
                overlay.lanes(),
                overlay.services(),
                List.of(),
                List.of());
        return changes(TableDiff.between(TableObjects.EMPTY, TableObjects.of(table)));
    }

    /** Reads what a source found. */
    public static Overlay readOverlay(String json) {
        TableObjects objects = TableObjects.EMPTY.with(readChanges(json));
        return new Overlay(
                List.copyOf(objects.lanes().values()),
                List.copyOf(objects.services().values()));
    }

    private static <T> T read(String json, NodeReader<T> reader) {
        Problems problems = Problems.lenient();
        Node node = Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems);
        T value = node == null ? null : reader.read(node, problems);
        if (value == null || !problems.isEmpty()) {
            throw new IllegalStateException("the store holds what cannot be read: " + problems);
        }
        return value;
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
