package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.ControlConfig.Tls;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.AuthConfig.FirstToken;
import io.laneway.control.auth.Role;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that show a certificate instead of a token. */
class MutualTlsIT {

    @TempDir
    Path directory;

    private X509Bundle authority;
    private ControlApi api;

    @BeforeEach
    void start() throws Exception {
        authority = authority();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        Tls tls = new Tls(
                file("server.pem", server.getCertificatePathPEM()),
                file("server.key", server.getPrivateKeyPEM()),
                file("ca.pem", authority.getCertificatePEM()));
        AuthConfig auth =
                new AuthConfig(null, Map.of("CN=release-tool", Role.RELEASER, "CN=console", Role.VIEWER), List.of());
        api = ControlApi.start(ControlConfig.in(directory.resolve("data"), 0)
                .with(new Listen("127.0.0.1", 0, tls))
                .with(auth));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private Path file(String name, String pem) throws IOException {
        return Files.writeString(directory.resolve(name), pem);
    }

    private int put(String lane, KeyManager... keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, authority.toTrustManagerFactory().getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.url() + "/v1/lanes/" + lane))
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return response.statusCode();
    }

    private static KeyManager[] keys(String subject, X509Bundle issuer) throws Exception {
        return new CertificateBuilder()
                .subject(subject)
                .buildIssuedBy(issuer)
                .toKeyManagerFactory()
                .getKeyManagers();
    }

    @Test
    void aCertificateSpeaksForTheRoleOfItsSubject() throws Exception {
        assertThat(put("f-1", keys("CN=release-tool", authority))).isEqualTo(201);
        assertThat(put("f-2", keys("CN=console", authority))).isEqualTo(403);
        assertThat(put("f-3", keys("CN=stranger", authority))).isEqualTo(401);
        assertThat(put("f-4")).isEqualTo(401);
        assertThat(api.edits().state().objects().lanes()).containsOnlyKeys("f-1");
        assertThat(api.store().history().newest(Long.MAX_VALUE, 1))
                .first()
                .satisfies(row -> assertThat(row.who()).isEqualTo("CN=release-tool"));
    }

    @Test
    void certificatesWithoutRolesAndWithoutTokensAreRefusedAtTheStart() throws Exception {
        Tls tls =
                new Tls(directory.resolve("server.pem"), directory.resolve("server.key"), directory.resolve("ca.pem"));
        ControlConfig config = ControlConfig.in(directory.resolve("other"), 0).with(new Listen("127.0.0.1", 0, tls));
        assertThatThrownBy(() -> ControlApi.start(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client-ca: no subject has a role")
                .hasMessageContaining("--client-role admin=SUBJECT");
        FirstToken token = new FirstToken(Role.ADMIN, "chosen-by-somebody-else-1");
        try (ControlApi second = ControlApi.start(config.with(new AuthConfig(null, Map.of(), List.of(token))))) {
            assertThat(second.port()).isPositive();
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNoCertificate() throws Exception {
        KeyManager[] foreign = keys("CN=release-tool", authority());
        boolean refused;
        try {
            refused = put("f-1", foreign) == 401;
        } catch (IOException e) {
            refused = true;
        }
        assertThat(refused).as("at the handshake, or without credentials").isTrue();
        assertThat(api.edits().state().objects().lanes()).isEmpty();
    }
}
