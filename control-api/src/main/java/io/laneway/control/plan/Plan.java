package io.laneway.control.plan;

import io.laneway.control.guard.Guard;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.unit.Durations;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps by which an environment takes over. Immutable.
 *
 * @param lane   the environment
 * @param groups named lists of tenants that steps may name
 */
public record Plan(
        String lane,
        List<Step> steps,
        Map<String, List<String>> groups,
        @Nullable Guard guard) {

    /**
     * One step. Immutable. A group that went earlier stays; a share stays until a later step names another.
     *
     * @param share the share from here on, null to leave it
     * @param group the group that goes first from here on, null for none
     * @param pause the next step comes by itself after this, null waits for {@code promote}
     */
    public record Step(
            @Nullable Share share,
            @Nullable String group,
            @Nullable Duration pause) {

        static @Nullable Step read(Node node, Problems problems) {
            if (node instanceof Scalar) {
                Share share = Values.parsed(node, Share::parse, problems);
                return share == null ? null : new Step(share, null, null);
            }
            Fields fields = Fields.of(node, problems);
            Share share = fields.has("share") ? fields.share("share") : null;
            String group = fields.optionalText("group");
            Duration pause = fields.optionalDuration("pause");
            if (share == null && group == null) {
                fields.problem("share", "missing", "share, group or both");
            }
            return fields.build(() -> new Step(share, group, pause));
        }

        JsonObject json() {
            JsonObject json = new JsonObject();
            if (share != null) {
                json.put("share", share.toString());
            }
            if (group != null) {
                json.put("group", group);
            }
            return pause == null ? json : json.put("pause", Durations.format(pause));
        }
    }

    public Plan {
        Objects.requireNonNull(lane, "lane");
        steps = List.copyOf(steps);
        groups = Map.copyOf(groups);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps: [] (expected: at least one step)");
        }
        for (Step step : steps) {
            if (step.group() != null && !groups.containsKey(step.group())) {
                throw new IllegalArgumentException("groups: no " + step.group() + " (expected: every group of a step)");
            }
        }
    }

    /** Reads a plan. */
    public static @Nullable Plan read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String lane = fields.text("lane");
        List<Step> steps = fields.list("steps", Step::read);
        Map<String, List<String>> groups = fields.map("groups", (n, p) -> Values.list(n, Values::scalar, p));
        Guard guard = fields.optionalObject("guard", Guard::read);
        return fields.build(() -> new Plan(lane, steps, groups, guard));
    }

    /** How far back its guard looks. */
    Duration window() {
        return guard == null ? Duration.ZERO : guard.window();
    }

    /** The share that holds at a step. */
    Share shareAt(int index, Share before) {
        Share share = before;
        for (int i = 0; i <= index; i++) {
            Share named = steps.get(i).share();
            share = named == null ? share : named;
        }
        return share;
    }

    /** The tenants of the groups that have gone at a step. */
    List<String> tenantsAt(int index) {
        List<String> tenants = new ArrayList<>();
        for (int i = 0; i <= index; i++) {
            String group = steps.get(i).group();
            if (group != null) {
                groups.getOrDefault(group, List.of()).stream()
                        .filter(t -> !tenants.contains(t))
                        .forEach(tenants::add);
            }
        }
        return tenants;
    }

    JsonObject json() {
        JsonArray list = new JsonArray();
        steps.forEach(step -> list.add(step.json()));
        JsonObject json = new JsonObject().put("lane", lane).put("steps", list);
        if (!groups.isEmpty()) {
            JsonObject named = new JsonObject();
            new TreeMap<>(groups).forEach((name, tenants) -> named.put(name, new JsonArray(tenants)));
            json.put("groups", named);
        }
        return guard == null ? json : json.put("guard", guard.json());
    }
}
