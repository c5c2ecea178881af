package io.laneway.router.decision;

import io.laneway.router.model.service.Endpoint;
import io.laneway.router.request.RequestView;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision with each step that led to it. Immutable.
 *
 * @param service   the service's identity, null without a route
 * @param requested the lane asked for or assigned, the slug of one the table does not know; null if none was
 * @param origin    where the requested lane came from
 * @param tenant    the tenant that the decision looked at, null if it looked at none
 * @param served    the lane that serves, null if none does
 * @param port      the name of the deployment's port, empty where there is only one
 * @param endpoints the endpoints that may get the request, as published
 */
public record Explanation(
        long revision,
        @Nullable String service,
        @Nullable String requested,
        Origin origin,
        Assigned assigned,
        @Nullable String tenant,
        @Nullable String served,
        String port,
        Reason reason,
        boolean passthrough,
        List<String> endpoints,
        List<DecisionStep> steps) {

    public Explanation {
        endpoints = List.copyOf(endpoints);
        steps = List.copyOf(steps);
    }

    /**
     * Decides and explains.
     *
     * @param lane   asked for beside what the request carries, null for nothing
     * @param tenant taken instead of what the request carries, null for nothing
     */
    public static <S extends DeploymentState, R> Explanation of(
            CompiledTable<S, R> table,
            ListenerTraits listener,
            RequestView request,
            @Nullable String lane,
            @Nullable String tenant) {
        DecisionTrace trace = new DecisionTrace(lane, tenant);
        Decision<S, R> decision = new Decision<>();
        new Decider().decide(table, listener, request, decision, trace);
        return of(decision, trace, table.revision());
    }

    private static Explanation of(Decision<?, ?> decision, DecisionTrace trace, long revision) {
        Slice name = new Slice();
        decision.stamp(name);
        List<String> endpoints = decision.port == null
                ? List.of()
                : decision.port.port().endpoints().stream()
                        .filter(Endpoint::usable)
                        .map(Endpoint::address)
                        .toList();
        String choice = decision.port == null ? null : decision.port.state().choice();
        if (choice != null) {
            trace.step(DecisionStep.Kind.ENDPOINT, choice);
        }
        String served = decision.served == null ? null : decision.served.name();
        trace.step(
                DecisionStep.Kind.RESULT,
                (served == null ? "not served" : "served by lane " + served) + ": " + decision.reason.word());
        return new Explanation(
                revision,
                decision.service == null ? null : decision.service.name(),
                decision.stamped() ? name.toString() : null,
                decision.origin,
                decision.assigned,
                trace.foundTenant,
                served,
                decision.port == null ? "" : decision.port.port().name(),
                decision.reason,
                decision.passthrough,
                endpoints,
                trace.steps);
    }

    /** The steps as numbered lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            lines.add((i + 1) + ". " + steps.get(i).text());
        }
        return lines;
    }

    /** The JSON form: maps, lists, strings, numbers, booleans and nulls. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("revision", revision);
        map.put("service", service);
        map.put("requested", requested);
        map.put("origin", origin.word());
        map.put("assigned", assigned == Assigned.NO ? null : assigned.word());
        map.put("tenant", tenant);
        map.put("served", served);
        map.put("port", port);
        map.put("reason", reason.word());
        map.put("status", reason.status() == 0 ? null : reason.status());
        map.put("passthrough", passthrough);
        map.put("endpoints", endpoints);
        List<Map<String, String>> list = new ArrayList<>();
        for (DecisionStep step : steps) {
            list.add(Map.of("kind", step.kind().word(), "text", step.text()));
        }
        map.put("steps", list);
        return map;
    }
}
