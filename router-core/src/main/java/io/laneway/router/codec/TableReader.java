package io.laneway.router.codec;

import io.laneway.router.check.TableCheck;
import io.laneway.router.codec.policy.PolicyForm;
import io.laneway.router.codec.recording.RecordingForm;
import io.laneway.router.codec.route.RouteForm;
import io.laneway.router.codec.service.DeploymentForm;
import io.laneway.router.codec.service.ServiceForm;
import io.laneway.router.codec.shift.KeptShift;
import io.laneway.router.codec.shift.ShiftForm;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.part.ImpliedLanes;
import io.laneway.router.policy.Policy;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads lane tables and their objects from documents. Safe for many threads. Everything that is wrong is added to the
 * problems given; a result may be used only while these are empty.
 */
public final class TableReader {

    private TableReader() {}

    /** Reads a table from YAML or JSON and checks it whole. Null if anything is wrong. */
    public static @Nullable LaneTable read(byte[] document, String file, Problems problems) {
        Node node = Documents.parse(document, file, problems);
        return node == null ? null : table(node, problems);
    }

    /** Reads a table and checks it whole. Null if anything is wrong. */
    public static @Nullable LaneTable table(Node node, Problems problems) {
        return read(node, problems, UnaryOperator.identity());
    }

    /**
     * Reads a part of a table, whose deployments may name lanes that it leaves out ({@link ImpliedLanes}), and checks it as
     * if they were in it. Null if anything is wrong.
     */
    public static @Nullable LaneTable part(Node node, Problems problems) {
        return read(node, problems, ImpliedLanes::in);
    }

    /** @param completed what is checked of what was read */
    private static @Nullable LaneTable read(Node node, Problems problems, UnaryOperator<LaneTable> completed) {
        LaneTable table = TableForm.FORM.read(node, problems);
        if (table != null && isWhole(table, node)) {
            LaneTable complete = completed.apply(table);
            TableCheck.broken(complete).forEach(problem -> problems.add(placed(problem, node)));
            TableCheck.strict(complete).forEach(problem -> problems.strictly(placed(problem, node)));
        }
        return problems.isEmpty() ? table : null;
    }

    private static Problem placed(Problem problem, Node node) {
        int line = node.nearest(problem.path()).location().line();
        return new Problem(node.location().file(), line, problem.path(), problem.what(), problem.expected());
    }

    /** Whether the document of a table says which services there are, if only {@code services: []} for none. */
    public static boolean saysServices(Node node) {
        return node instanceof Mapping mapping && mapping.members().get("services") instanceof Sequence;
    }

    /** Where an object was too broken to be made, what refers to it is no problem of its own, and indexes would lie. */
    private static boolean isWhole(LaneTable table, Node node) {
        boolean whole = table.lanes().size() == size(node, "lanes")
                && table.services().size() == size(node, "services")
                && table.routes().size() == size(node, "routes")
                && table.shifts().size() == size(node, "shifts")
                && table.recordings().size() == size(node, "recordings");
        for (int i = 0; whole && i < table.services().size(); i++) {
            int written = size(node, "services[" + i + "].deployments");
            whole = table.services().get(i).deployments().size() == written;
        }
        return whole;
    }

    private static int size(Node node, String key) {
        return node.nearest(key) instanceof Sequence list ? list.items().size() : 0;
    }

    /** Reads where requests carry their lane; a kind that is absent has its default. */
    public static @Nullable Carriers carriers(Node node, Problems problems) {
        return CarriersForm.FORM.read(node, problems);
    }

    /** Reads a lane. */
    public static @Nullable Lane lane(Node node, Problems problems) {
        return LaneForm.FORM.read(node, problems);
    }

    /** Reads a lane whose name is known; the document may leave it out or repeat it. */
    public static @Nullable Lane lane(Node node, String name, Problems problems) {
        return LaneForm.FORM.read(node, Map.of("name", name), problems);
    }

    /** Reads a service with its deployments. */
    public static @Nullable Service service(Node node, Problems problems) {
        return ServiceForm.FORM.read(node, problems);
    }

    /** Reads a service whose identity is known; the document may leave it out or repeat it. */
    public static @Nullable Service service(Node node, ServiceId id, Problems problems) {
        return ServiceForm.FORM.read(node, ServiceForm.known(id), problems);
    }

    /** Reads a deployment. */
    public static @Nullable Deployment deployment(Node node, Problems problems) {
        return DeploymentForm.FORM.read(node, problems);
    }

    /** Reads a deployment whose lane is known; the document may leave it out or repeat it. */
    public static @Nullable Deployment deployment(Node node, String lane, Problems problems) {
        return DeploymentForm.FORM.read(node, Map.of("lane", lane), problems);
    }

    /** Reads a route. */
    public static @Nullable Route route(Node node, Problems problems) {
        return RouteForm.FORM.read(node, problems);
    }

    /** Reads a shift. */
    public static @Nullable Shift shift(Node node, Problems problems) {
        return ShiftForm.FORM.read(node, problems);
    }

    /**
     * Reads a shift whose name is known; what the document leaves out ({@code enabled}, {@code tenant}, {@code tenants} of
     * a named environment) keeps its value in {@code current}, if there is one. Environments that the document does not
     * name are gone.
     */
    public static @Nullable Shift shift(Node node, String name, @Nullable Shift current, Problems problems) {
        Shift shift = ShiftForm.FORM.read(node, Map.of("name", name), problems);
        return shift == null || current == null ? shift : KeptShift.of(shift, node, current);
    }

    /** Reads a recording. */
    public static @Nullable Recording recording(Node node, Problems problems) {
        return RecordingForm.FORM.read(node, problems);
    }

    /** Reads a recording whose name is known. */
    public static @Nullable Recording recording(Node node, String name, Problems problems) {
        return RecordingForm.FORM.read(node, Map.of("name", name), problems);
    }

    /** Reads a policy. */
    public static @Nullable Policy policy(Node node, Problems problems) {
        return PolicyForm.FORM.read(node, problems);
    }
}
