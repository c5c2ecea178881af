package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.codec.policy.PolicyForm;
import io.laneway.router.codec.recording.RecordingForm;
import io.laneway.router.codec.route.RouteForm;
import io.laneway.router.codec.service.DeploymentForm;
import io.laneway.router.codec.service.ServiceForm;
import io.laneway.router.codec.shift.ShiftForm;
import io.laneway.router.document.Documents;
import io.laneway.router.document.YamlWriter;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.policy.Policy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Writes lane tables and their objects as JSON, and as YAML of the same shape. Safe for many threads. Keys come in a
 * fixed order and what has its default is left out, so equal values make equal bytes; what is written is read back
 * equal.
 */
public final class TableWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    private TableWriter() {}

    /** Writes an object's members or values to a generator. */
    @FunctionalInterface
    interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes a table to a stream as it goes, which stays open. */
    public static void json(LaneTable table, OutputStream out) throws IOException {
        write(json -> TableForm.FORM.write(json, table), out);
    }

    /** A table as JSON in UTF-8. */
    public static byte[] json(LaneTable table) {
        return bytes(json -> TableForm.FORM.write(json, table));
    }

    /** A lane as JSON in UTF-8. */
    public static byte[] json(Lane lane) {
        return bytes(json -> LaneForm.FORM.write(json, lane));
    }

    /** A service with its deployments as JSON in UTF-8. */
    public static byte[] json(Service service) {
        return bytes(json -> ServiceForm.FORM.write(json, service));
    }

    /** A deployment as JSON in UTF-8. */
    public static byte[] json(Deployment deployment) {
        return bytes(json -> DeploymentForm.FORM.write(json, deployment));
    }

    /** A route as JSON in UTF-8. */
    public static byte[] json(Route route) {
        return bytes(json -> RouteForm.FORM.write(json, route));
    }

    /** A shift as JSON in UTF-8. */
    public static byte[] json(Shift shift) {
        return bytes(json -> ShiftForm.FORM.write(json, shift));
    }

    /** A recording as JSON in UTF-8. */
    public static byte[] json(Recording recording) {
        return bytes(json -> RecordingForm.FORM.write(json, recording));
    }

    /** A policy as JSON in UTF-8. */
    public static byte[] json(Policy policy) {
        return bytes(json -> PolicyForm.FORM.write(json, policy));
    }

    /** Carriers as JSON in UTF-8. */
    public static byte[] json(Carriers carriers) {
        return bytes(json -> CarriersForm.FORM.write(json, carriers));
    }

    /** A table as YAML. */
    public static String yaml(LaneTable table) {
        return yaml(json(table));
    }

    /** What was written as JSON, as YAML. */
    public static String yaml(byte[] json) {
        Problems problems = Problems.strict();
        Node node = Documents.parseJson(json, problems);
        return YamlWriter.write(Objects.requireNonNull(node, problems::toString));
    }

    static byte[] bytes(Part part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try {
            write(part, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void write(Part part, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            part.write(json);
        }
    }
}
