package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SecretObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificates that listeners name which end TLS: Secrets of type {@code kubernetes.io/tls} with a certificate and
 * a key in PEM, of the namespace of the Gateway or ListenerSet, or of one that a ReferenceGrant opens. Reads each Secret once: made for one
 * reconciliation. Blocks; confined to one thread.
 */
public final class CertificateRefs {

    /**
     * Why the certificates of a listener, or the authorities of its clients, cannot be used.
     *
     * @param reason of condition {@code ResolvedRefs}
     */
    public record Problem(String reason, String message) {}

    private static final String INVALID = "InvalidCertificateRef";

    private final KubernetesClient client;
    private final Grants grants;
    private final Map<String, String> problems = new HashMap<>();
    private final Map<String, Secret> usable = new TreeMap<>();

    public CertificateRefs(KubernetesClient client, Grants grants) {
        this.client = client;
        this.grants = grants;
    }

    /**
     * The first thing that is wrong with a listener's certificates; null if nothing is, or it needs none.
     *
     * @param origin the object that names them
     */
    @Nullable
    Problem problem(Listener listener, Origin origin) {
        if (!Listeners.isSecure(listener) && !Listeners.opens(listener)) {
            return null;
        }
        List<SecretObjectReference> refs =
                listener.getTls() == null ? List.of() : listener.getTls().getCertificateRefs();
        if (refs.isEmpty()) {
            return new Problem(INVALID, "tls.certificateRefs: none (expected: at least one Secret)");
        }
        for (int i = 0; i < refs.size(); i++) {
            Problem problem = problem("tls.certificateRefs[" + i + "]", refs.get(i), origin);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable Problem problem(String path, SecretObjectReference ref, Origin origin) {
        boolean core = ref.getGroup() == null || ref.getGroup().isEmpty();
        if (!core || (ref.getKind() != null && !ref.getKind().equals("Secret"))) {
            return new Problem(INVALID, path + ": " + ref.getGroup() + "/" + ref.getKind() + " (expected: Secret)");
        }
        String namespace = origin.namespace();
        String in = ref.getNamespace() == null ? namespace : ref.getNamespace();
        String key = in + "/" + ref.getName();
        if (!in.equals(namespace) && !grants.permit(origin.kind(), namespace, "Secret", key)) {
            return new Problem(
                    "RefNotPermitted",
                    path + ".namespace: " + in + " (expected: the " + origin.kind()
                            + "'s own, or a ReferenceGrant there)");
        }
        String wrong = problems.computeIfAbsent(key, any -> wrong(in, ref.getName()));
        return wrong.isEmpty() ? null : new Problem(INVALID, path + ": Secret " + key + " " + wrong);
    }

    /** The Secrets that were looked at and can be used, in order. */
    Collection<Secret> usable() {
        return usable.values();
    }

    /** What is wrong with a Secret; empty if nothing. */
    private String wrong(String namespace, String name) {
        try {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(name).get();
            String wrong = secret == null ? "is not there" : wrong(secret);
            if (secret != null && wrong.isEmpty()) {
                usable.put(namespace + "/" + name, secret);
            }
            return wrong;
        } catch (KubernetesClientException e) {
            // Without the right to see it, what is wrong with it is found out where it is used.
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? "" : "cannot be read now: " + e.getCode();
        }
    }

    private static String wrong(Secret secret) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        if (!certificate(decoded(data.get("tls.crt")))) {
            return "has no certificate in PEM (expected: tls.crt)";
        }
        boolean key =
                new String(decoded(data.get("tls.key")), StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----");
        return key ? "" : "has no private key in PEM (expected: tls.key)";
    }

    private static byte[] decoded(@Nullable String text) {
        try {
            return text == null ? new byte[0] : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static boolean certificate(byte[] pem) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
