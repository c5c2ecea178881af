package io.laneway.gateway.traffic.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import org.junit.jupiter.api.Test;

/** An authorizer that is away, late or speaks nonsense: what is configured happens, in time. */
class AuthFailureIT {

    @Test
    void withoutADecisionRequestsAreDeniedOrPassAsConfigured() {
        try (DeadPort dead = DeadPort.hold()) {
            String grpc = "grpc: \"127.0.0.1:" + dead.number() + "\"";
            try (AuthGateway edge = new AuthGateway(grpc)) {
                assertThat(edge.get("/", "").status()).isEqualTo(403);
                assertThat(edge.sums().failedDenied()).isEqualTo(1);
            }
            try (AuthGateway edge = new AuthGateway(grpc + ", status: 503")) {
                assertThat(edge.get("/", "").status()).isEqualTo(503);
            }
            try (AuthGateway edge = new AuthGateway(grpc + ", failure: allow, upstreamHeaders: [x-user]")) {
                assertThat(edge.get("/", "X-User: root\n").body()).isEqualTo("base");
                assertThat(edge.forwarded()).doesNotContain("root");
                assertThat(edge.sums().failedAllowed()).isEqualTo(1);
            }
        }
    }

    @Test
    void noRequestWaitsLongerThanTheTimeout() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway("grpc: \"127.0.0.1:" + authorizer.port() + "\", timeout: 300ms")) {
            authorizer.hold();
            long before = System.nanoTime();
            assertThat(edge.get("/", "").status()).isEqualTo(403);
            assertThat(System.nanoTime() - before).isBetween(290_000_000L, 5_000_000_000L);
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsTakesNothingWithIt() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway("grpc: \"127.0.0.1:" + authorizer.port() + "\", timeout: 10s")) {
            authorizer.hold();
            RawClient client = edge.gateway.client().send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 9\n\nbody");
            await().until(() -> !authorizer.asked().isEmpty());
            client.close();
            await().until(() -> edge.gateway.finished() == 1);
            authorizer.release();
            assertThat(edge.get("/", "").status()).isEqualTo(200);
            assertThat(edge.base.requests()).hasSize(1);
        }
    }

    @Test
    void aCallsOwnDeadlineIsNoWayPastTheAuthorizer() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied());
                AuthGateway edge = new AuthGateway(
                        "grpc: \"127.0.0.1:" + authorizer.port() + "\", timeout: 30s, failure: allow")) {
            authorizer.hold();
            RawClient.Response response = edge.get("/", "Content-Type: application/grpc\ngrpc-timeout: 1n\n");
            assertThat(response.status()).isEqualTo(504);
            assertThat(edge.base.requests()).isEmpty();
        }
    }

    @Test
    void nonsenseIsNoDecision() {
        try (Upstream nonsense = Upstream.saying("yes");
                AuthGateway edge = new AuthGateway("grpc: \"127.0.0.1:" + nonsense.port() + "\", timeout: 2s")) {
            assertThat(edge.get("/", "").status()).isEqualTo(403);
            assertThat(edge.sums().errors()).isEqualTo(1);
        }
    }
}
