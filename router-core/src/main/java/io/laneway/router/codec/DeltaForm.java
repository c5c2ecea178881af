package io.laneway.router.codec;

import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of a delta: <code>{"from": 11, "revision": 12, "changes": […]}</code>. Safe for many threads. A change
 * says what it puts or removes, and has that under its own name:
 *
 * <pre>
 * {"put": "lane", "lane": {…}}                                     {"remove": "lane", "lane": "f-1"}
 * {"put": "service", "service": {…}}                               {"remove": "service", "service": "order.shop"}
 * {"put": "deployment", "service": "order.shop", "deployment": {…}} {"remove": "deployment", "service": "order", "lane": "f-1"}
 * {"put": "shift", "shift": {…}}                                   {"remove": "shift", "shift": "default"}
 * {"put": "recording", "recording": {…}}                           {"remove": "recording", "recording": "orders"}
 * {"put": "routes", "routes": […]}   {"put": "carriers", "carriers": {…}}   {"put": "base", "base": "G2"}
 * </pre>
 */
public final class DeltaForm {

    /** Stands where the identity could not be read; nothing is built then. */
    private static final ServiceId UNREAD = ServiceId.of("unread");

    private static final Type<Long> REVISION = Numbers.from(1);

    private DeltaForm() {}

    /** A delta as JSON in UTF-8. */
    public static byte[] json(TableDelta delta) {
        return TableWriter.bytes(json -> DeltaOut.delta(json, delta));
    }

    /** Changes as a JSON list in UTF-8. */
    public static byte[] json(List<TableChange> changes) {
        return TableWriter.bytes(json -> DeltaOut.changes(json, changes));
    }

    /** Reads a delta from JSON. Null if anything is wrong. */
    public static @Nullable TableDelta read(byte[] json, Problems problems) {
        Node node = Documents.parseJson(json, problems);
        TableDelta delta = node == null ? null : read(node, problems);
        return problems.isEmpty() ? delta : null;
    }

    /** Reads a delta. */
    public static @Nullable TableDelta read(Node node, Problems problems) {
        return read(Fields.of(node, problems));
    }

    /** Reads a delta among whose keys are others, which were read before. */
    public static @Nullable TableDelta read(Fields fields) {
        long from = fields.number("from", 0, Long.MAX_VALUE, 0);
        Long revision = fields.required("revision", REVISION.name(), REVISION.reader());
        List<TableChange> changes = fields.list("changes", DeltaForm::change);
        return revision == null ? ended(fields) : fields.build(() -> new TableDelta(from, revision, changes));
    }

    /** Reads one change. */
    public static @Nullable TableChange change(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String verb = fields.oneOf("put", "remove");
        if (verb == null) {
            return null;
        }
        String kind = fields.text(verb);
        if (kind.isEmpty()) {
            return null;
        }
        return verb.equals("put") ? put(fields, kind) : remove(fields, kind);
    }

    private static @Nullable TableChange put(Fields fields, String kind) {
        return switch (kind) {
            case "lane" -> change(fields, fields.object("lane", TableReader::lane), TableChange.PutLane::new);
            case "service" ->
                change(fields, fields.object("service", TableReader::service), TableChange.PutService::new);
            case "deployment" -> {
                ServiceId service = service(fields);
                yield change(
                        fields,
                        fields.object("deployment", TableReader::deployment),
                        deployment -> new TableChange.PutDeployment(service, deployment));
            }
            case "shift" -> change(fields, fields.object("shift", TableReader::shift), TableChange.PutShift::new);
            case "recording" ->
                change(fields, fields.object("recording", TableReader::recording), TableChange.PutRecording::new);
            case "routes" -> change(fields, fields.list("routes", TableReader::route), TableChange.SetRoutes::new);
            case "carriers" ->
                change(fields, fields.object("carriers", TableReader::carriers), TableChange.SetCarriers::new);
            case "base" -> change(fields, fields.text("base"), TableChange.SetBase::new);
            default -> unknown(fields, "put", kind);
        };
    }

    private static @Nullable TableChange remove(Fields fields, String kind) {
        return switch (kind) {
            case "lane" -> change(fields, fields.text("lane"), TableChange.RemoveLane::new);
            case "service" -> change(fields, service(fields), TableChange.RemoveService::new);
            case "deployment" -> {
                ServiceId service = service(fields);
                yield change(fields, fields.text("lane"), lane -> new TableChange.RemoveDeployment(service, lane));
            }
            case "shift" -> change(fields, fields.text("shift"), TableChange.RemoveShift::new);
            case "recording" -> change(fields, fields.text("recording"), TableChange.RemoveRecording::new);
            default -> unknown(fields, "remove", kind);
        };
    }

    private static ServiceId service(Fields fields) {
        ServiceId id = fields.object("service", (node, problems) -> Values.parsed(node, ServiceId::parse, problems));
        return id == null ? UNREAD : id;
    }

    private static <T> @Nullable TableChange change(Fields fields, @Nullable T value, Function<T, TableChange> change) {
        return value == null ? ended(fields) : fields.build(() -> change.apply(value));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // only ever null, which is of every type
    private static <T> @Nullable T ended(Fields fields) {
        fields.end();
        return null;
    }

    private static @Nullable TableChange unknown(Fields fields, String verb, String kind) {
        fields.problems().unknown(fields.location(), verb + " " + kind, "a change that this version knows");
        return null;
    }
}
