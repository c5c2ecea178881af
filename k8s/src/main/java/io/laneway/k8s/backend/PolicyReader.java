package io.laneway.k8s.backend;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyValidation;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalPolicyTargetReferenceWithSectionName;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SubjectAltName;
import io.laneway.k8s.backend.JudgedPolicy.Said;
import io.laneway.k8s.object.Meta;
import io.laneway.router.model.service.UpstreamTls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges policies: of two for the same port of a Service the older one counts, and of one second the first by name. Confined to one
 * thread; one for each round.
 */
final class PolicyReader {

    private static final Said ACCEPTED = Said.yes("Accepted");

    private final AuthorityLookup lookup;
    private final Map<String, Map<String, PortTls>> ports = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final List<JudgedPolicy> judged = new ArrayList<>();

    private PolicyReader(AuthorityLookup lookup) {
        this.lookup = lookup;
    }

    /** What all policies of a cluster say. */
    static BackendPolicies.Judgement judge(List<BackendTLSPolicy> policies, AuthorityLookup lookup) {
        PolicyReader reader = new PolicyReader(lookup);
        policies.stream()
                .sorted(Comparator.comparing((BackendTLSPolicy one) -> Meta.created(one))
                        .thenComparing(one -> one.getMetadata().getName()))
                .forEach(reader::read);
        return new BackendPolicies.Judgement(reader.judged, new BackendTls(reader.ports));
    }

    private void read(BackendTLSPolicy policy) {
        BackendTLSPolicyValidation validation = policy.getSpec().getValidation();
        Authorities authorities = Authorities.of(Meta.namespace(policy), validation, lookup);
        PortTls tls = authorities.usable() ? new PortTls(tls(validation, authorities)) : PortTls.REFUSED;
        String lost = null;
        for (LocalPolicyTargetReferenceWithSectionName target : policy.getSpec().getTargetRefs()) {
            String taken = JudgedPolicy.isService(target) ? claim(policy, target, tls) : null;
            lost = lost == null ? taken : lost;
        }
        judged.add(new JudgedPolicy(policy, accepted(validation, authorities, lost), authorities.resolved()));
    }

    /** Takes a port for a policy; whose it is already, or null. */
    private @Nullable String claim(
            BackendTLSPolicy policy, LocalPolicyTargetReferenceWithSectionName target, PortTls tls) {
        String service = Meta.key(Meta.namespace(policy), target.getName());
        String port = Objects.requireNonNullElse(target.getSectionName(), BackendTls.ALL);
        String owner =
                owners.putIfAbsent(service + "/" + port, policy.getMetadata().getName());
        if (owner != null) {
            return "targetRefs: Service " + target.getName() + (port.isEmpty() ? "" : ", port " + port)
                    + " has an older BackendTLSPolicy, " + owner;
        }
        ports.computeIfAbsent(service, any -> new HashMap<>()).put(port, tls);
        return null;
    }

    private static Said accepted(
            BackendTLSPolicyValidation validation, Authorities authorities, @Nullable String lost) {
        if (lost != null) {
            return Said.no("Conflicted", lost);
        }
        if (authorities.usable()) {
            return ACCEPTED;
        }
        return validation.getCaCertificateRefs().isEmpty()
                ? Said.no(
                        "Invalid",
                        "validation.wellKnownCACertificates: " + validation.getWellKnownCACertificates()
                                + " (expected: System, or caCertificateRefs)")
                : Said.no("NoValidCACertificate", authorities.resolved().message());
    }

    private static UpstreamTls tls(BackendTLSPolicyValidation validation, Authorities authorities) {
        List<String> names =
                validation.getSubjectAltNames().stream().map(PolicyReader::name).toList();
        return new UpstreamTls(authorities.pem(), validation.getHostname(), names, null, null, true);
    }

    private static String name(SubjectAltName name) {
        return "URI".equals(name.getType()) ? name.getUri() : name.getHostname();
    }
}
