package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.laneway.k8s.route.gateway.Conditions;
import io.laneway.k8s.route.gateway.Gateways;
import io.laneway.k8s.route.rule.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code status.parents} of a route: conditions {@code Accepted} and {@code ResolvedRefs} for each parent that is
 * our Gateway; what other controllers wrote stays, and what we wrote for a parent that is no more goes. Pure but for the
 * clock.
 */
final class RouteStatus {

    private final Clock clock;

    RouteStatus(Clock clock) {
        this.clock = clock;
    }

    List<RouteParentStatus> of(
            List<RouteParentStatus> present,
            Predicate<ParentReference> isOurs,
            Map<ParentReference, Attachment> ours,
            @Nullable Long generation,
            Verdict verdict,
            @Nullable String refusal) {
        List<RouteParentStatus> parents = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (RouteParentStatus one : present) {
            if (Gateways.CONTROLLER.equals(one.getControllerName()) && isOurs.test(one.getParentRef())) {
                before.addAll(one.getConditions());
            } else {
                parents.add(one);
            }
        }
        if (ours.isEmpty()) {
            return parents;
        }
        Conditions conditions = new Conditions(clock, generation);
        ours.forEach((parent, attached) -> parents.add(new RouteParentStatusBuilder()
                .withParentRef(parent)
                .withControllerName(Gateways.CONTROLLER)
                .withConditions(
                        accepted(attached, verdict, refusal, conditions, before),
                        conditions.make(
                                "ResolvedRefs", verdict.resolved(), verdict.resolution(), verdict.unresolved(), before))
                .build()));
        return parents;
    }

    private static Condition accepted(
            Attachment attached,
            Verdict verdict,
            @Nullable String refusal,
            Conditions conditions,
            List<Condition> before) {
        String reason = attached.reason();
        if (reason != null) {
            return conditions.make("Accepted", false, reason, attached.message(), before);
        }
        if (refusal != null) {
            return conditions.make("Accepted", false, "Refused", refusal, before);
        }
        boolean accepted = verdict.accepted();
        return conditions.make(
                "Accepted", accepted, accepted ? "Accepted" : "UnsupportedValue", verdict.unsupported(), before);
    }
}
