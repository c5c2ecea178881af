package io.laneway.control.shift;

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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan and where it stands, as kept over restarts. Immutable.
 *
 * @param step   the index of the step that holds
 * @param since  when it began, in milliseconds since 1970
 * @param start  the share before the plan
 * @param why    why it stands still or ended, maybe empty
 * @param stable   the base lane by service, from the step before: what a guard compares with once the base has few
 *                 requests left
 * @param services those that the environment had in a step before
 * @param begun    when the plan began, in milliseconds since 1970
 */
public record PlanState(
        Plan plan,
        Status status,
        int step,
        long since,
        Share start,
        String why,
        Map<String, Stable> stable,
        Set<String> services,
        long begun) {

    public PlanState {
        stable = Map.copyOf(stable);
        services = Set.copyOf(services);
    }

    static PlanState begun(Plan plan, Share start, long since) {
        return new PlanState(plan, Status.RUNNING, 0, since, start, "", Map.of(), Set.of(), since);
    }

    /** The same with services that the environment has. */
    PlanState with(Set<String> taking) {
        return new PlanState(plan, status, step, since, start, why, stable, taking, begun);
    }

    /** What a plan does. */
    public enum Status {
        /** Goes on when its pause is over or somebody promotes it. */
        RUNNING,
        /** Goes on when somebody promotes it. */
        PAUSED,
        /** The last step holds; {@code finish} makes an end of it. */
        COMPLETE,
        /** Everybody is back in base, by a call or by the guard. */
        ABORTED,
        /** The base runs the new version, and has everybody. */
        FINISHED;

        /** The word in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing follows any more. */
        public boolean ended() {
            return this == ABORTED || this == FINISHED;
        }
    }

    PlanState at(Status status, String why) {
        return new PlanState(plan, status, step, since, start, why, stable, services, begun);
    }

    /** The next step. */
    PlanState next(long now, Map<String, Stable> lately) {
        Map<String, Stable> known = new HashMap<>(stable);
        known.putAll(lately);
        return new PlanState(plan, Status.RUNNING, step + 1, now, start, "", known, services, begun);
    }

    /** The same step, begun at another time. */
    PlanState since(long other) {
        return new PlanState(plan, status, step, other, start, why, stable, services, begun);
    }

    boolean last() {
        return step == plan.steps().size() - 1;
    }

    /** As the store keeps it. */
    JsonObject kept() {
        JsonObject before = new JsonObject();
        new TreeMap<>(stable).forEach((service, one) -> before.put(service, one.json()));
        return json().put("stable", before).put("services", new JsonArray(new ArrayList<>(new TreeSet<>(services))));
    }

    /** As the API shows it. */
    public JsonObject json() {
        return plan.json()
                .put("status", status.word())
                .put("step", step)
                .put("of", plan.steps().size())
                .put("begun", Instant.ofEpochMilli(begun).toString())
                .put("since", Instant.ofEpochMilli(since).toString())
                .put("start", start.toString())
                .put("why", why);
    }

    /** Reads what the store keeps. */
    static PlanState parse(String json) {
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
        Map<String, Stable> stable = fields.map("stable", Stable::read);
        Set<String> services = Set.copyOf(fields.texts("services"));
        Instant begun = fields.optionalInstant("begun");
        if (plan == null || since == null) {
            return null;
        }
        long from = (begun == null ? since : begun).toEpochMilli();
        return new PlanState(plan, status, step, since.toEpochMilli(), start, why, stable, services, from);
    }
}
