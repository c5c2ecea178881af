package io.laneway.k8s.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class InjectionServerIT {

    private static final String POD = """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "order", "labels": {"laneway.io/inject": "true"}},
         "spec": {"containers": [{"name": "app"}]}}\
        """;

    @Test
    void answersAReviewWithThePatchAndAllowsWhateverElseComes() throws Exception {
        MockWebServer certificates = new MockWebServer();
        certificates.useHttps();
        certificates.start();
        var pem = certificates.getSelfSignedCertificate();
        KeyManager[] keys =
                SSLUtils.keyManagers(null, pem.certificatePath(), null, pem.privateKeyPath(), "RSA", "", null, null);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys, SSLUtils.trustManagers(null, pem.certificatePath(), false, null, null), null);
        PodInjector injector =
                new PodInjector(new SidecarTemplate("laneway:1", "c", "s", "http://127.0.0.1:15001"), "version");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (InjectionServer server = new InjectionServer(
                any, new PemTls(Path.of(pem.certificatePath()), Path.of(pem.privateKeyPath())), injector)) {
            server.certify();
            HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
            HttpResponse<String> answer = post(client, server.port(), review(POD));
            assertThat(answer.body()).contains("\"uid\":\"42\"", "\"allowed\":true", "\"patchType\":\"JSONPatch\"");
            String patch = answer.body().replaceAll(".*\"patch\":\"([^\"]+)\".*", "$1");
            assertThat(new String(Base64.getDecoder().decode(patch), StandardCharsets.UTF_8))
                    .contains("/spec/initContainers", "\"restartPolicy\":\"Always\"");

            String plain = POD.replace("\"true\"", "\"false\"");
            assertThat(post(client, server.port(), review(plain)).body())
                    .contains("\"allowed\":true")
                    .doesNotContain("patchType");
            assertThat(post(client, server.port(), "nonsense").statusCode()).isEqualTo(400);
        } finally {
            certificates.shutdown();
        }
    }

    private static String review(String pod) {
        return "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"42\","
                + " \"object\": " + pod + "}}";
    }

    private static HttpResponse<String> post(HttpClient client, int port, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/inject"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
