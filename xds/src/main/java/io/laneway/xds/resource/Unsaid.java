package io.laneway.xds.resource;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.LintSource.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service asks for that xDS cannot say. What protects it, or decides who gets what, refuses the service; what only adds
 * to it is left out; either is a finding. Immutable. docs/decisions/0401.
 *
 * @param refusal why the service is not served at all, null if it is
 */
record Unsaid(@Nullable Finding refusal, List<Finding> findings) {

    static final String REFUSED = "xds-refused";
    static final String LEFT_OUT = "xds-left-out";

    static Unsaid of(Service service) {
        List<String> guards = guards(service);
        List<Finding> findings = new ArrayList<>();
        Finding refusal = guards.isEmpty()
                ? null
                : finding(
                        REFUSED,
                        service,
                        String.join(", ", guards) + ": not to be said in xDS, so no client of xDS gets this service"
                                + " (expected: a gateway in front of it, or none of these)");
        if (refusal != null) {
            findings.add(refusal);
        }
        List<String> extras = extras(service.policy());
        if (!extras.isEmpty()) {
            findings.add(finding(
                    LEFT_OUT,
                    service,
                    String.join(", ", extras) + ": not to be said in xDS, so its clients get this service without"));
        }
        return new Unsaid(refusal, findings);
    }

    static Finding finding(String rule, Service service, String message) {
        return new Finding(rule, "service " + service.id(), message);
    }

    private static List<String> guards(Service service) {
        Policy policy = service.policy();
        List<String> guards = new ArrayList<>();
        add(guards, policy.rate() != null, "policy.rate");
        Access access = policy.access();
        add(guards, access != null && !access.open(), "policy.access");
        add(guards, policy.maxBody() != null, "policy.maxBody");
        add(guards, service.deployments().stream().anyMatch(Unsaid::several), "several ports in one deployment");
        return guards;
    }

    private static boolean several(Deployment deployment) {
        return deployment.ports().size() > 1;
    }

    private static List<String> extras(Policy policy) {
        List<String> extras = new ArrayList<>();
        add(extras, policy.retries().crossLane(), "policy.retries.crossLane");
        add(extras, policy.mirror() != null, "policy.mirror");
        add(extras, policy.fault() != null, "policy.fault");
        add(extras, policy.cors() != null, "policy.cors");
        add(extras, policy.sticky() != null, "policy.sticky");
        add(extras, policy.grpc() != null, "policy.grpc");
        add(extras, policy.compression() != null, "policy.compression");
        return extras;
    }

    private static void add(List<String> keys, boolean asked, String key) {
        if (asked) {
            keys.add(key);
        }
    }
}
