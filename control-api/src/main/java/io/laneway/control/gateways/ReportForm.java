package io.laneway.control.gateways;

import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link GatewayReport}: as it is sent and as the store keeps it. Stateless. */
public final class ReportForm {

    private ReportForm() {}

    /** Reads a report; null after a problem. Keys that a newer gateway may send are ignored. */
    public static @Nullable GatewayReport read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String version = fields.text("version", "");
        String address = fields.text("address", "");
        String started = fields.text("started", "");
        String store = fields.text("store", "");
        long revision = fields.number("revision", 0, Long.MAX_VALUE, 0);
        String state = fields.text("state", "following");
        boolean counted = fields.has("lanes");
        List<Totals> lanes = fields.list("lanes", Totals::read);
        Map<String, Totals> others = fields.map("others", Totals::readAsked);
        List<String> used = fields.texts("used");
        Map<String, List<String>> tenants = fields.map("tenants", ReportForm::texts);
        List<String> questions = fields.texts("questions");
        List<String> unverified = fields.texts("unverified");
        List<LostLanes> losses = fields.list("losses", LostLanes::read);
        List<RecordingCounts> recordings = fields.list("recordings", RecordingCounts::read);
        long shed = fields.has("shed") ? fields.number("shed", 0, Long.MAX_VALUE, 0) : GatewayReport.UNKNOWN;
        String kind = fields.text("kind", GatewayReport.GATEWAY);
        String rejected = fields.text("rejected", "");
        return fields.build(() -> new GatewayReport(
                version,
                address,
                started,
                store,
                revision,
                state,
                counted,
                lanes,
                Totals.named(others),
                used,
                tenants,
                questions,
                unverified,
                losses,
                recordings,
                shed,
                kind,
                rejected));
    }

    /** Reads what the store keeps. */
    static GatewayReport parse(String json) {
        Problems problems = Problems.lenient();
        Node node = Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems);
        GatewayReport report = node == null ? null : read(node, problems);
        if (report == null) {
            throw new IllegalStateException("gateway report: " + problems);
        }
        return report;
    }

    /** As it is sent and as the store keeps it. */
    static JsonObject json(GatewayReport report) {
        JsonObject json = new JsonObject()
                .put("version", report.version())
                .put("address", report.address())
                .put("started", report.started())
                .put("store", report.store())
                .put("revision", report.revision())
                .put("state", report.state());
        if (report.counted()) {
            JsonArray all = new JsonArray();
            report.lanes().forEach(totals -> all.add(totals.json()));
            json.put("lanes", all);
            if (!report.others().isEmpty()) {
                JsonObject asked = new JsonObject();
                report.others()
                        .forEach(one -> asked.put(
                                one.requested(),
                                new JsonObject().put("requests", one.requests()).put("errors", one.errors())));
                json.put("others", asked);
            }
        }
        if (report.shed() != GatewayReport.UNKNOWN) {
            json.put("shed", report.shed());
        }
        if (!report.kind().equals(GatewayReport.GATEWAY)) {
            json.put("kind", report.kind()).put("rejected", report.rejected());
        }
        if (!report.questions().isEmpty()) {
            json.put("questions", new JsonArray(report.questions()));
        }
        if (!report.unverified().isEmpty()) {
            json.put("unverified", new JsonArray(report.unverified()));
        }
        if (!report.losses().isEmpty()) {
            JsonArray all = new JsonArray();
            report.losses().forEach(each -> all.add(each.json()));
            json.put("losses", all);
        }
        if (!report.recordings().isEmpty()) {
            JsonArray all = new JsonArray();
            report.recordings().forEach(each -> all.add(each.json()));
            json.put("recordings", all);
        }
        return report.tenants().isEmpty()
                ? json
                : json.put("tenants", new JsonObject(new LinkedHashMap<>(report.tenants())));
    }

    private static @Nullable List<String> texts(Node node, Problems problems) {
        return Values.list(node, Values::scalar, problems);
    }
}
