package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalPolicyTargetReferenceWithSectionName;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.PolicyAncestorStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.PolicyAncestorStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.PolicyStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.backend.JudgedPolicy;
import io.laneway.k8s.backend.JudgedPolicy.Said;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.gateway.Conditions;
import io.laneway.k8s.route.gateway.Gateways;
import io.laneway.k8s.route.gateway.Grants;
import io.laneway.k8s.route.gateway.StatusWriter;
import io.laneway.k8s.route.rule.ServiceLookup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says of BackendTLSPolicies what became of them, under each of our Gateways whose routes lead to their Services. What other
 * controllers wrote stays. Blocks; confined to one thread.
 */
final class PolicyStatuses {

    /** As many as a status may have. */
    private static final int MAX = 16;

    private final StatusWriter writer;
    private final Clock clock;
    private final Refusals refusals = new Refusals();

    PolicyStatuses(StatusWriter writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Writes what is not there yet; false if that is to be tried again. */
    boolean write(List<JudgedPolicy> policies, Map<RouteObject, Read> reads, ServiceLookup services) {
        boolean settled = true;
        for (JudgedPolicy judged : policies) {
            BackendTLSPolicy policy = judged.policy();
            Set<String> gateways = gateways(policy, reads);
            if (gateways.isEmpty() && !mentionsUs(policy)) {
                continue;
            }
            Said accepted = accepted(judged, services);
            List<PolicyAncestorStatus> present = present(policy);
            List<PolicyAncestorStatus> wanted = ancestors(policy, gateways, accepted, judged.resolved());
            String object = "status of BackendTLSPolicy " + Meta.key(policy);
            if (wanted.equals(present) || refusals.refused(object, wanted)) {
                continue;
            }
            try {
                settled &= writer.write(
                        policy,
                        now -> new BackendTLSPolicyBuilder(now)
                                .withStatus(new PolicyStatus(ancestors(now, gateways, accepted, judged.resolved())))
                                .build());
            } catch (KubernetesClientException e) {
                settled &= !refusals.failed(object, wanted, e);
            }
        }
        return settled;
    }

    /** Our Gateways, by their keys, with routes to a Service that the policy names. */
    private static Set<String> gateways(BackendTLSPolicy policy, Map<RouteObject, Read> reads) {
        Set<String> services = new TreeSet<>();
        policy.getSpec().getTargetRefs().stream()
                .filter(JudgedPolicy::isService)
                .forEach(one -> services.add(Meta.key(Meta.namespace(policy), one.getName())));
        Set<String> gateways = new TreeSet<>();
        reads.forEach((route, read) -> {
            if (read.verdict().backends().stream().anyMatch(services::contains)) {
                read.parents().values().stream()
                        .filter(Attachment::taken)
                        .forEach(attached -> gateways.add(attached.gateway()));
            }
        });
        return gateways;
    }

    private static boolean mentionsUs(BackendTLSPolicy policy) {
        return present(policy).stream().anyMatch(one -> Gateways.CONTROLLER.equals(one.getControllerName()));
    }

    private static Said accepted(JudgedPolicy judged, ServiceLookup services) {
        String namespace = Meta.namespace(judged.policy());
        if (judged.accepted().is()) {
            for (LocalPolicyTargetReferenceWithSectionName target :
                    judged.policy().getSpec().getTargetRefs()) {
                String port = target.getSectionName();
                if (JudgedPolicy.isService(target) && !services.exists(namespace, target.getName(), port)) {
                    return new Said(
                            false,
                            "TargetNotFound",
                            "targetRefs: no Service " + target.getName()
                                    + (port == null ? "" : " with a port " + port));
                }
            }
        }
        return judged.accepted();
    }

    private List<PolicyAncestorStatus> ancestors(
            BackendTLSPolicy policy, Set<String> gateways, Said accepted, Said resolved) {
        List<PolicyAncestorStatus> ancestors = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (PolicyAncestorStatus one : present(policy)) {
            if (Gateways.CONTROLLER.equals(one.getControllerName())) {
                before.addAll(one.getConditions());
            } else {
                ancestors.add(one);
            }
        }
        Conditions conditions = new Conditions(clock, policy.getMetadata().getGeneration());
        for (String gateway : gateways) {
            if (ancestors.size() < MAX) {
                ancestors.add(new PolicyAncestorStatusBuilder()
                        .withAncestorRef(reference(gateway))
                        .withControllerName(Gateways.CONTROLLER)
                        .withConditions(
                                made("Accepted", accepted, conditions, before),
                                made("ResolvedRefs", resolved, conditions, before))
                        .build());
            }
        }
        return ancestors;
    }

    private static Condition made(String type, Said said, Conditions conditions, List<Condition> before) {
        return conditions.make(type, said.is(), said.reason(), said.message(), before);
    }

    private static ParentReference reference(String gateway) {
        int slash = gateway.indexOf('/');
        return new ParentReferenceBuilder()
                .withGroup(Grants.GROUP)
                .withKind("Gateway")
                .withNamespace(gateway.substring(0, slash))
                .withName(gateway.substring(slash + 1))
                .build();
    }

    private static List<PolicyAncestorStatus> present(BackendTLSPolicy policy) {
        return policy.getStatus() == null ? List.of() : policy.getStatus().getAncestors();
    }
}
