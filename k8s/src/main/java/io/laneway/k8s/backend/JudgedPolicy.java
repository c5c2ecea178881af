package io.laneway.k8s.backend;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalPolicyTargetReferenceWithSectionName;

/**
 * A policy and what became of it. Immutable as long as the object is not changed.
 *
 * @param accepted condition {@code Accepted}, but for whether its Services are there
 * @param resolved condition {@code ResolvedRefs}
 */
public record JudgedPolicy(BackendTLSPolicy policy, Said accepted, Said resolved) {

    /** Whether a target is a Service; others are other controllers'. */
    public static boolean isService(LocalPolicyTargetReferenceWithSectionName target) {
        return "Service".equals(target.getKind())
                && (target.getGroup() == null || target.getGroup().isEmpty());
    }

    /** A condition without its object and time. Immutable. */
    public record Said(boolean is, String reason, String message) {

        static Said yes(String reason) {
            return new Said(true, reason, "");
        }

        static Said no(String reason, String message) {
            return new Said(false, reason, message);
        }
    }
}
