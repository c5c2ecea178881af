package io.laneway.k8s.backend;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Meta;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates to trust out of ConfigMaps, key {@code ca.crt}, each once between two rounds. While the API server does not
 * answer, what it answered before counts. Blocks; confined to one thread.
 */
public final class AuthorityLookup {

    /**
     * What a ConfigMap has.
     *
     * @param pem     certificates and nothing else, null if there are none
     * @param problem empty if there are
     */
    public record Result(@Nullable String pem, String problem) {}

    private static final String KEY = "ca.crt";
    private static final int LINE = 64;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));

    private final KubernetesClient client;
    private Map<String, Result> before = Map.of();
    private Map<String, Result> now = new HashMap<>();
    private boolean answered = true;

    public AuthorityLookup(KubernetesClient client) {
        this.client = client;
    }

    /** Begins a round: everything is read again that is asked for. */
    public void begin() {
        before = now;
        now = new HashMap<>();
        answered = true;
    }

    /** Whether the API server answered all that was asked for since the round began. */
    public boolean answered() {
        return answered;
    }

    /** What a ConfigMap has, by its namespace and name. */
    public Result find(String namespace, String name) {
        return now.computeIfAbsent(Meta.key(namespace, name), key -> read(key, namespace, name));
    }

    private Result read(String key, String namespace, String name) {
        try {
            ConfigMap found =
                    client.configMaps().inNamespace(namespace).withName(name).get();
            return found == null ? new Result(null, "is not there") : of(found);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new Result(null, "may not be read (expected: the right to get ConfigMaps)");
            }
            answered = false;
            Result last = before.get(key);
            return last == null ? new Result(null, "cannot be read now: " + e.getCode()) : last;
        }
    }

    private static Result of(ConfigMap found) {
        String text = found.getData() == null ? null : found.getData().get(KEY);
        if (text == null) {
            return new Result(null, "has no key " + KEY);
        }
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            StringBuilder pem = new StringBuilder();
            for (Certificate one : all) {
                pem.append(pem(one));
            }
            return all.isEmpty() ? malformed() : new Result(pem.toString(), "");
        } catch (CertificateException e) {
            return malformed();
        }
    }

    private static Result malformed() {
        return new Result(null, "has no certificate in PEM in " + KEY);
    }

    private static String pem(Certificate certificate) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
