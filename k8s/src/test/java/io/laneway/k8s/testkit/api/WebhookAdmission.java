package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks a mutating webhook over HTTPS, as an API server does, and applies its JSON patch; whom it asks is not checked. */
final class WebhookAdmission implements Store.Admission {

    private final URI url;
    private final SSLContext tls;

    WebhookAdmission(String url) {
        this.url = URI.create(url);
        try {
            tls = SSLContext.getInstance("TLS");
            tls.init(null, SSLUtils.trustManagers(null, null, true, null, null), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ObjectNode admit(@Nullable ObjectNode old, ObjectNode now) {
        ObjectNode review = Store.JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request");
        request.put("uid", "1").put("operation", old == null ? "CREATE" : "UPDATE");
        request.set("object", typed(now));
        request.set("oldObject", old == null ? null : typed(old));
        try {
            JsonNode response = ask(review.toString()).path("response");
            if (!response.has("patch")) {
                return now;
            }
            ObjectNode patched = now.deepCopy();
            byte[] patch = Base64.getDecoder().decode(response.get("patch").asText());
            Merges.json(patched, Store.JSON.readTree(patch));
            return patched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode typed(ObjectNode service) {
        return service.deepCopy().put("apiVersion", "v1").put("kind", "Service");
    }

    private JsonNode ask(String body) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) url.toURL().openConnection();
        connection.setSSLSocketFactory(tls.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (var in = connection.getInputStream()) {
            return Store.JSON.readTree(in);
        }
    }
}
