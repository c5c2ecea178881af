package io.laneway.k8s.backend;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyValidation;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalObjectReference;
import io.laneway.k8s.backend.JudgedPolicy.Said;
import io.laneway.k8s.object.Meta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By whom a policy has certificates verified. Immutable.
 *
 * @param pem      the certificates to trust, null for the system's
 * @param usable   whether there are any
 * @param resolved condition {@code ResolvedRefs}
 */
record Authorities(@Nullable String pem, boolean usable, Said resolved) {

    private static final Said RESOLVED = Said.yes("ResolvedRefs");

    static Authorities of(String namespace, BackendTLSPolicyValidation validation, AuthorityLookup lookup) {
        List<LocalObjectReference> refs = validation.getCaCertificateRefs();
        if (refs.isEmpty()) {
            return new Authorities(null, "System".equals(validation.getWellKnownCACertificates()), RESOLVED);
        }
        List<String> found = new ArrayList<>();
        Said resolved = RESOLVED;
        for (int i = 0; i < refs.size(); i++) {
            Said said = look("validation.caCertificateRefs[" + i + "]", namespace, refs.get(i), lookup, found);
            resolved = resolved.is() ? said : resolved;
        }
        return new Authorities(String.join("\n", found), !found.isEmpty(), resolved);
    }

    private static Said look(
            String path, String namespace, LocalObjectReference ref, AuthorityLookup lookup, List<String> found) {
        boolean core = ref.getGroup() == null || ref.getGroup().isEmpty();
        if (!core || !"ConfigMap".equals(ref.getKind())) {
            return Said.no(
                    "InvalidKind", path + ": " + ref.getGroup() + "/" + ref.getKind() + " (expected: ConfigMap)");
        }
        AuthorityLookup.Result result = lookup.find(namespace, ref.getName());
        if (result.pem() == null) {
            String key = Meta.key(namespace, ref.getName());
            return Said.no("InvalidCACertificateRef", path + ": ConfigMap " + key + " " + result.problem());
        }
        found.add(result.pem());
        return RESOLVED;
    }
}
