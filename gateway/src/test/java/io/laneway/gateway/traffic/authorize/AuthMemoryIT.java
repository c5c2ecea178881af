package io.laneway.gateway.traffic.authorize;

import static io.laneway.gateway.traffic.authorize.Said.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.laneway.gateway.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which decisions are remembered, for which questions, and what counts while an authorizer says nothing. */
class AuthMemoryIT {

    private static String to(int port, String more) {
        return "grpc: \"127.0.0.1:" + port + "\", timeout: 30s" + more;
    }

    @Test
    void anEqualQuestionIsAskedOnce() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(
                        asked -> Said.ok(OkHttpResponse.newBuilder().addHeaders(header("x-user", "grace"))));
                AuthGateway edge = new AuthGateway(to(authorizer.port(), ", cache: 60s"))) {
            edge.get("/", "Authorization: a\nX-Other: 1\n");
            edge.get("/", "Authorization: a\nX-Other: 2\n");
            assertThat(edge.forwarded()).contains("x-user: grace");
            assertThat(authorizer.asked()).hasSize(1);
            edge.get("/", "Authorization: b\n");
            edge.get("/", "");
            edge.get("/", "Cookie: a\n");
            edge.get("/?q", "Authorization: a\n");
            edge.get("/p", "Authorization: a\n");
            edge.get("/", "Authorization: a\ntrace-branch: f-1\n");
            try (RawClient client = edge.gateway.client()) {
                client.send("DELETE / HTTP/1.1\nHost: a.test\nAuthorization: a\n\n")
                        .response();
            }
            assertThat(authorizer.asked()).hasSize(8);
            assertThat(edge.sums().remembered()).isEqualTo(1);
            assertThat(edge.sums().allowed()).isEqualTo(9);
        }
    }

    @Test
    void whatMakesAnotherQuestionMayBeLess() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer.port(), ", cache: 60s, cacheKey: [host]"))) {
            edge.get("/a", "Authorization: a\n");
            edge.get("/b?c", "Authorization: a\n");
            assertThat(authorizer.asked()).hasSize(1);
            edge.get("/b", "Authorization: b\n");
            assertThat(authorizer.asked()).hasSize(2);
        }
    }

    @Test
    void errorsAndWhatIsForOneRequestAreNotRemembered() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> null);
                AuthGateway edge = new AuthGateway(to(authorizer.port(), ", cache: 60s"))) {
            assertThat(edge.get("/", "").status()).isEqualTo(403);
            authorizer.rule(asked -> Said.denied(302, "", header("location", "https://id.test/?state=1")));
            assertThat(edge.get("/", "").header("location")).isEqualTo("https://id.test/?state=1");
            authorizer.rule(
                    asked -> Said.ok(OkHttpResponse.newBuilder().addResponseHeadersToAdd(header("set-cookie", "s=1"))));
            assertThat(edge.get("/", "").header("set-cookie")).isEqualTo("s=1");
            authorizer.rule(asked -> Said.denied());
            assertThat(edge.get("/", "").status()).isEqualTo(403);
            authorizer.rule(asked -> Said.ok());
            assertThat(edge.get("/", "").status()).isEqualTo(403);
            assertThat(authorizer.asked()).hasSize(4);
        }
    }

    @Test
    void equalQuestionsUnderWayAreOne() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer.port(), ", cache: 60s"), 2)) {
            authorizer.hold();
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(edge.gateway.client().send("GET / HTTP/1.1\nHost: a.test\n\n"));
            }
            await().until(() -> edge.sums().asked() + edge.sums().shared() == 20);
            authorizer.release();
            clients.forEach(client -> assertThat(client.response().status()).isEqualTo(200));
            clients.forEach(RawClient::close);
            assertThat(authorizer.asked()).hasSize(1);
        }
    }

    @Test
    void aStaleDecisionCountsWhileTheAuthorizerIsAway() {
        try (AuthGateway edge = staleEdge()) {
            assertThat(edge.get("/", "Authorization: a\n").body()).isEqualTo("base");
            assertThat(edge.get("/", "Authorization: a\n").body()).isEqualTo("base");
            assertThat(edge.get("/", "Authorization: b\n").status()).isEqualTo(403);
            assertThat(edge.sums().stale()).isPositive();
        }
    }

    /** An edge that knows a decision on {@code a} whose time is over, and whose authorizer is gone. */
    private static AuthGateway staleEdge() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok())) {
            AuthGateway edge = new AuthGateway(to(authorizer.port(), ", cache: 1ms, stale: 5m"));
            edge.get("/", "Authorization: a\n");
            return edge;
        }
    }
}
