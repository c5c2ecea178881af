package io.laneway.control.shift;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Fields;
import io.laneway.router.document.Mapping;
import io.laneway.router.document.Node;
import io.laneway.router.document.Problems;
import io.laneway.router.document.Values;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan and where it stands, as kept over restarts. Immutable.
 *
 * @param step   the index of the step that holds
 * @param since  when it began, in milliseconds since 1970
 * @param start  the share before the plan
 * @param why    why it stands still or ended, maybe empty
 * @param stable the base lane's share of errors by service, from the step before: what a guard compares with once the
 *               base has few requests left
 */
public record PlanState(
        Plan plan, Status status, int step, long since, Share start, String why, Map<String, Double> stable) {

    public PlanState {
        stable = Map.copyOf(stable);
    }

    static PlanState begun(Plan plan, Share start, long since) {
        return new PlanState(plan, Status.RUNNING, 0, since, start, "", Map.of());
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
        return new PlanState(plan, status, step, since, start, why, stable);
    }

    /** The next step. */
    PlanState next(long now, Map<String, Double> rates) {
        Map<String, Double> known = new HashMap<>(stable);
        known.putAll(rates);
        return new PlanState(plan, Status.RUNNING, step + 1, now, start, "", known);
    }

    /** The same step, begun at another time. */
    PlanState since(long other) {
        return new PlanState(plan, status, step, other, start, why, stable);
    }

    boolean last() {
        return step == plan.steps().size() - 1;
    }

    /** As the store keeps it. */
    JsonObject kept() {
        return json().put("stable", new JsonObject(new TreeMap<>(stable)));
    }

    /** As the API shows it. */
    public JsonObject json() {
        return plan.json()
                .put("status", status.word())
                .put("step", step)
                .put("of", plan.steps().size())
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
        Plan plan = Plan.read(node.without("status", "step", "of", "since", "start", "why", "stable"), problems);
        Fields fields = Fields.of(node, problems);
        Status status = fields.word("status", Status.values(), Status::word);
        int step = fields.integer("step", 0, Integer.MAX_VALUE);
        Instant since = fields.optionalInstant("since");
        Share start = fields.share("start");
        String why = fields.text("why", "");
        Map<String, Double> stable = fields.map("stable", PlanState::rate);
        return plan == null || since == null
                ? null
                : new PlanState(plan, status, step, since.toEpochMilli(), start, why, stable);
    }

    private static @Nullable Double rate(Node node, Problems problems) {
        String text = Values.scalar(node, problems);
        return text == null ? null : Double.valueOf(text);
    }
}
