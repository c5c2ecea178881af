package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.FrontendTLSValidation;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ObjectReference;
import io.laneway.k8s.backend.AuthorityLookup;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.gateway.CertificateRefs.Problem;
import io.laneway.router.model.route.ClientAuthorities;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What listeners ask of the certificates of clients ({@code spec.tls.frontend}): ConfigMaps of the Gateway's namespace, or of one
 * that a ReferenceGrant opens, have the authorities. Made for one reconciliation. Blocks; confined to one thread.
 */
public final class FrontendClients {

    private static final String ANYBODY = "AllowInsecureFallback";

    private final AuthorityLookup authorities;
    private final Grants grants;

    /** @param authorities in ConfigMaps */
    public FrontendClients(AuthorityLookup authorities, Grants grants) {
        this.authorities = authorities;
        this.grants = grants;
    }

    /**
     * What a listener asks.
     *
     * @param clients with no authorities where none is usable, so that no client is taken
     * @param problem the first thing that is wrong with a reference, null if nothing is
     */
    public record Asked(ClientAuthorities clients, @Nullable Problem problem) {

        /** Whether any client can be taken. */
        boolean usable() {
            return !clients.authorities().isEmpty();
        }
    }

    /** Null if it asks for none, as listeners do that end no TLS. */
    public @Nullable Asked of(Gateway gateway, Listener listener) {
        FrontendTLSValidation validation = Listeners.validation(gateway, listener);
        if (validation == null) {
            return null;
        }
        List<String> found = new ArrayList<>();
        Problem problem = null;
        List<ObjectReference> refs = validation.getCaCertificateRefs();
        for (int i = 0; i < refs.size(); i++) {
            Problem one = look("spec.tls.frontend: caCertificateRefs[" + i + "]", refs.get(i), gateway, found);
            problem = problem == null ? one : problem;
        }
        boolean anybody = !found.isEmpty() && ANYBODY.equals(validation.getMode());
        return new Asked(new ClientAuthorities(String.join("\n", found), anybody), problem);
    }

    private @Nullable Problem look(String path, ObjectReference ref, Gateway gateway, List<String> found) {
        boolean core = ref.getGroup() == null || ref.getGroup().isEmpty();
        if (!core || !"ConfigMap".equals(ref.getKind())) {
            return new Problem(
                    "InvalidCACertificateKind",
                    path + ": " + ref.getGroup() + "/" + ref.getKind() + " (expected: ConfigMap)");
        }
        String own = Meta.namespace(gateway);
        String in = ref.getNamespace() == null ? own : ref.getNamespace();
        String key = Meta.key(in, ref.getName());
        if (!in.equals(own) && !grants.permit("Gateway", own, "ConfigMap", key)) {
            return new Problem(
                    "RefNotPermitted",
                    path + ".namespace: " + in + " (expected: the Gateway's own, or a ReferenceGrant there)");
        }
        AuthorityLookup.Result result = authorities.find(in, ref.getName());
        if (result.pem() == null) {
            return new Problem("InvalidCACertificateRef", path + ": ConfigMap " + key + " " + result.problem());
        }
        found.add(result.pem());
        return null;
    }

    /** Whether a Gateway says of any port that clients are taken whose certificates are not valid. */
    static boolean takesAnybody(Gateway gateway) {
        return gateway.getSpec().getListeners().stream().anyMatch(listener -> {
            FrontendTLSValidation validation = Listeners.validation(gateway, listener);
            return validation != null && ANYBODY.equals(validation.getMode());
        });
    }
}
