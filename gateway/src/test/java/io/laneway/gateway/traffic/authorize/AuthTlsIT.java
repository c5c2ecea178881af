package io.laneway.gateway.traffic.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An authorizer behind TLS, by an authority of its own, which knows the gateway by its certificate. */
class AuthTlsIT {

    private static final TestTls TLS = TestTls.make().issue("elsewhere", "CN=elsewhere.test", "elsewhere.test");
    private static final TestTls STRANGER = TestTls.make();

    private static String auth(GrpcTestAuthorizer authorizer, String tls) {
        return "grpc: \"https://127.0.0.1:" + authorizer.port() + "\", timeout: 10s, tls: {" + tls + "}";
    }

    private static String ca(TestTls of) {
        return "ca: " + of.file("ca.pem");
    }

    private static String ours(TestTls of) {
        return ", certificate: " + of.file("client.pem") + ", privateKey: " + of.file("client.key");
    }

    private static GrpcTestAuthorizer authorizer(String certificate) {
        return new GrpcTestAuthorizer(TLS, certificate, asked -> Said.ok());
    }

    @ParameterizedTest
    @CsvSource({"server, ''", "server, ', serverName: a.test'", "elsewhere, ', serverName: elsewhere.test'"})
    void bothSidesKnowEachOther(String certificate, String name) {
        try (GrpcTestAuthorizer authorizer = authorizer(certificate);
                AuthGateway edge = new AuthGateway(auth(authorizer, ca(TLS) + ours(TLS) + name))) {
            RawClient.Response response = edge.get("/", "");
            assertThat(response.body()).isEqualTo("base");
            assertThat(authorizer.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"elsewhere, ''", "server, ', serverName: elsewhere.test'"})
    void anotherNameIsNotAsked(String certificate, String name) {
        try (GrpcTestAuthorizer authorizer = authorizer(certificate);
                AuthGateway edge = new AuthGateway(auth(authorizer, ca(TLS) + ours(TLS) + name))) {
            refused(authorizer, edge);
        }
    }

    @Test
    void anotherAuthorityIsNotAsked() {
        try (GrpcTestAuthorizer authorizer = authorizer("server");
                AuthGateway edge = new AuthGateway(auth(authorizer, ca(STRANGER) + ours(TLS)))) {
            refused(authorizer, edge);
        }
    }

    @Test
    void theAuthorizerKnowsNoOtherGatewayThanOurs() {
        try (GrpcTestAuthorizer authorizer = authorizer("server");
                AuthGateway none = new AuthGateway(auth(authorizer, ca(TLS)));
                AuthGateway stranger = new AuthGateway(auth(authorizer, ca(TLS) + ours(STRANGER)))) {
            refused(authorizer, none);
            refused(authorizer, stranger);
        }
    }

    private static void refused(GrpcTestAuthorizer authorizer, AuthGateway edge) {
        assertThat(edge.get("/", "").status()).isEqualTo(403);
        assertThat(authorizer.asked()).isEmpty();
        assertThat(edge.sums().errors()).isEqualTo(1);
        assertThat(edge.base.requests()).isEmpty();
    }
}
