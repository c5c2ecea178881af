package io.laneway.control.plan;

import io.laneway.control.guard.Baseline;
import io.laneway.control.plan.PlanState.Aborted;
import io.laneway.control.plan.PlanState.Complete;
import io.laneway.control.plan.PlanState.Finished;
import io.laneway.control.plan.PlanState.Paused;
import io.laneway.control.plan.PlanState.Running;
import io.laneway.control.plan.PlanState.Status;
import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A plan and its state as JSON: as the API shows them, and as the store keeps them over restarts. Stateless. */
public final class PlanDocument {

    private PlanDocument() {}

    /** As the API shows it. */
    public static JsonObject shown(PlanState state) {
        Progress progress = state.progress();
        return progress.plan()
                .json()
                .put("status", state.status().word())
                .put("step", progress.step())
                .put("of", progress.plan().steps().size())
                .put("begun", Instant.ofEpochMilli(progress.begun()).toString())
                .put("since", Instant.ofEpochMilli(progress.since()).toString())
                .put("start", progress.start().toString())
                .put("why", state.why());
    }

    /** As the store keeps it. */
    static JsonObject kept(PlanState state) {
        JsonObject before = new JsonObject();
        new TreeMap<>(state.progress().baselines()).forEach((service, one) -> before.put(service, one.json()));
        return shown(state)
                .put("stable", before)
                .put(
                        "services",
                        new JsonArray(
                                new ArrayList<>(new TreeSet<>(state.progress().services()))));
    }

    /** Reads what the store keeps. */
    static PlanState read(String json) {
        Problems problems = Problems.lenient();
        Node node = Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems);
        PlanState state = node == null ? null : read((Mapping) node, problems);
        if (state == null) {
            throw new IllegalStateException("the store holds a plan that cannot be read: " + problems);
        }
        return state;
    }

    private static @Nullable PlanState read(Mapping node, Problems problems) {
        Plan plan = Plan.read(
                node.without("status", "step", "of", "since", "start", "why", "stable", "services", "begun"), problems);
        Fields fields = Fields.of(node, problems);
        Status status = fields.word("status", Status.values(), Status::word);
        int step = fields.integer("step", 0, Integer.MAX_VALUE);
        Instant since = fields.optionalInstant("since");
        Share start = fields.share("start");
        String why = fields.text("why", "");
        Map<String, Baseline> baselines = fields.map("stable", Baseline::read);
        Set<String> services = Set.copyOf(fields.texts("services"));
        Instant begun = fields.optionalInstant("begun");
        if (plan == null || since == null) {
            return null;
        }
        long from = (begun == null ? since : begun).toEpochMilli();
        return state(status, new Progress(plan, step, since.toEpochMilli(), start, baselines, services, from), why);
    }

    private static PlanState state(Status status, Progress progress, String why) {
        return switch (status) {
            case RUNNING -> new Running(progress, why);
            case PAUSED -> new Paused(progress, why);
            case COMPLETE -> new Complete(progress, why);
            case ABORTED -> new Aborted(progress, why);
            case FINISHED -> new Finished(progress);
        };
    }
}
