package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code status.parents} of a route: conditions {@code Accepted} and {@code ResolvedRefs} for each parent that is
 * our Gateway; what other controllers wrote stays, and what we wrote for a parent that is no more goes. Pure but for the
 * clock.
 */
final class RouteStatus {

    /** How our Gateway's class names us. */
    static final String CONTROLLER = "laneway.io/gateway-controller";

    private final Clock clock;

    RouteStatus(Clock clock) {
        this.clock = clock;
    }

    List<RouteParentStatus> of(
            List<RouteParentStatus> present,
            Predicate<ParentReference> isOurs,
            List<ParentReference> ours,
            @Nullable Long generation,
            Verdict verdict,
            @Nullable String refusal) {
        List<RouteParentStatus> parents = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (RouteParentStatus one : present) {
            if (CONTROLLER.equals(one.getControllerName()) && isOurs.test(one.getParentRef())) {
                before.addAll(one.getConditions());
            } else {
                parents.add(one);
            }
        }
        if (ours.isEmpty()) {
            return parents;
        }
        boolean accepted = verdict.accepted() && refusal == null;
        String reason = refusal != null ? "Refused" : accepted ? "Accepted" : "UnsupportedValue";
        String message = refusal != null ? refusal : verdict.unsupported();
        List<Condition> conditions = List.of(
                condition("Accepted", accepted, reason, message, generation, before),
                condition(
                        "ResolvedRefs",
                        verdict.resolved(),
                        verdict.resolution(),
                        verdict.unresolved(),
                        generation,
                        before));
        for (ParentReference parent : ours) {
            parents.add(new RouteParentStatusBuilder()
                    .withParentRef(parent)
                    .withControllerName(CONTROLLER)
                    .withConditions(conditions)
                    .build());
        }
        return parents;
    }

    private Condition condition(
            String type, boolean is, String reason, String message, @Nullable Long generation, List<Condition> before) {
        String status = is ? "True" : "False";
        String since = before.stream()
                .filter(old -> type.equals(old.getType()) && status.equals(old.getStatus()))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
