package io.laneway.gateway.traffic.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** What an authorizer gets of bodies, and that endpoints get them whole all the same. */
class AuthBodyIT {

    private static String to(GrpcTestAuthorizer authorizer, String include) {
        return "grpc: \"127.0.0.1:" + authorizer.port() + "\", timeout: 30s, cache: 60s, include: {" + include + "}";
    }

    private static RawClient.Response post(RawClient client, String body) {
        return client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + body.length() + "\n\n")
                .sendRaw(body)
                .response();
    }

    @Test
    void aBodyIsToldAndForwarded() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked ->
                        asked.getAttributes().getRequest().getHttp().getBody().contains("evil")
                                ? Said.denied()
                                : Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer, "body: 8KiB"));
                RawClient client = edge.gateway.client()) {
            assertThat(post(client, "good").status()).isEqualTo(200);
            assertThat(edge.base.requests().get(0).body()).isEqualTo("good");
            assertThat(post(client, "good").status()).isEqualTo(200);
            assertThat(authorizer.asked()).hasSize(1);
            assertThat(post(client, "evil").status()).isEqualTo(403);
        }
    }

    @Test
    void chunksAndTrailersArriveBehindTheirDecision() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer, "body: 8KiB"));
                RawClient client = edge.gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n2\nab\n");
            client.send("3\ncde\n0\n\n");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(authorizer
                            .asked()
                            .get(0)
                            .getAttributes()
                            .getRequest()
                            .getHttp()
                            .getBody())
                    .isEqualTo("abcde");
            assertThat(edge.base.requests().get(0).body()).isEqualTo("abcde");
        }
    }

    @Test
    void aClientThatWaitsForContinueIsInvited() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer, "body: 8KiB"));
                RawClient client = edge.gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 2\nExpect: 100-continue\n\n");
            assertThat(client.response().status()).isEqualTo(100);
            client.sendRaw("ab");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(edge.base.requests().get(0).body()).isEqualTo("ab");
        }
    }

    @Test
    void aLongerBodyIsRefusedOrToldInPart() {
        String body = "0123456789".repeat(20_000);
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway refusing = new AuthGateway(to(authorizer, "body: 1KiB"));
                AuthGateway telling = new AuthGateway(to(authorizer, "body: 1KiB, partial: true"));
                RawClient refused = refusing.gateway.client();
                RawClient told = telling.gateway.client()) {
            refused.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 1025\n\n");
            assertThat(refused.response().status()).isEqualTo(413);
            assertThat(authorizer.asked()).isEmpty();
            assertThat(post(told, body).status()).isEqualTo(200);
            assertThat(authorizer
                            .asked()
                            .get(0)
                            .getAttributes()
                            .getRequest()
                            .getHttp()
                            .getBody())
                    .isEqualTo(body.substring(0, 1024));
            assertThat(telling.base.requests().get(0).body()).isEqualTo(body);
        }
    }
}
