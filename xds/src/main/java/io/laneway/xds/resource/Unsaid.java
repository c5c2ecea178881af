package io.laneway.xds.resource;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.xds.filter.ServiceFilters;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service asks for that xDS cannot say. What protects it, or decides who gets what, refuses the service; what only adds
 * to it is left out; either is a finding. Immutable. docs/decisions/0401.
 *
 * @param refused whether the service is not served at all
 */
record Unsaid(boolean refused, List<Finding> findings) {

    static final String REFUSED = "xds-refused";
    static final String LEFT_OUT = "xds-left-out";

    static Unsaid of(Service service, ServiceFilters filters) {
        List<Finding> findings = new ArrayList<>();
        List<String> guards = filters.unsaid();
        if (guards.isEmpty()) {
            addPartly(service, findings);
        } else {
            findings.add(finding(
                    REFUSED,
                    service,
                    String.join(", ", guards) + ": not to be said in xDS, so no client of xDS gets this service"
                            + " (expected: a gateway in front of it, or none of these)"));
        }
        List<String> extras = extras(service, filters);
        if (!extras.isEmpty()) {
            findings.add(finding(
                    LEFT_OUT,
                    service,
                    String.join(", ", extras) + ": not to be said in xDS, so its clients get this service without"));
        }
        return new Unsaid(!guards.isEmpty(), findings);
    }

    static Finding finding(String rule, Service service, String message) {
        return new Finding(rule, "service " + service.id(), message);
    }

    /** What some clients keep and others do not. */
    private static void addPartly(Service service, List<Finding> findings) {
        Policy policy = service.policy();
        Access access = policy.access();
        if (access != null && !access.open()) {
            findings.add(finding(
                    REFUSED,
                    service,
                    "policy.access: edges ask for no token, so they refuse requests for this service; sidecars and"
                            + " gRPC clients get it (expected: a gateway in front of it)"));
        }
        if (policy.maxBody() != null) {
            findings.add(finding(
                    REFUSED,
                    service,
                    "policy.maxBody: not to be kept of calls of gRPC, so Envoys refuse these and no gRPC client gets"
                            + " this service (expected: a gateway in front of it)"));
        }
        if (policy.rate() != null) {
            findings.add(finding(
                    LEFT_OUT,
                    service,
                    "policy.rate: each Envoy counts by itself, and its buckets are full again whenever its routes"
                            + " change"
                            + (policy.maxBody() == null ? "; no gRPC client gets this service" : "")));
        }
    }

    /** Whether no gRPC client gets the service, since these clients have no filters that protect it. */
    static boolean withoutGrpc(Policy policy) {
        return policy.rate() != null || policy.maxBody() != null;
    }

    private static boolean several(Deployment deployment) {
        return deployment.ports().size() > 1;
    }

    private static List<String> extras(Service service, ServiceFilters filters) {
        Policy policy = service.policy();
        Timeouts timeouts = policy.timeouts();
        List<String> extras = new ArrayList<>();
        add(extras, policy.retries().crossLane(), "policy.retries.crossLane");
        add(extras, policy.mirror() != null, "policy.mirror");
        add(extras, filters.withoutFault(), "policy.fault: of a share, with both delay and abort");
        add(extras, policy.grpc() != null, "policy.grpc");
        add(extras, policy.compression() != null, "policy.compression");
        add(extras, !timeouts.maxStreamAge().isZero(), "policy.timeouts.maxStreamAge");
        boolean rated = timeouts.minRate() != 0 && timeouts.minRate() != Timeouts.DEFAULT.minRate();
        add(extras, rated, "policy.timeouts.minRate");
        boolean shared =
                policy.limits() != null && service.deployments().stream().anyMatch(Unsaid::several);
        add(extras, shared, "policy.limits of all ports of a deployment together");
        return extras;
    }

    private static void add(List<String> keys, boolean asked, String key) {
        if (asked) {
            keys.add(key);
        }
    }
}
