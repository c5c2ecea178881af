package io.laneway.gateway.traffic.authorize;

import static io.laneway.gateway.traffic.authorize.Said.appended;
import static io.laneway.gateway.traffic.authorize.Said.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.QueryParameter;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.laneway.gateway.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** An edge asks an authorizer by gRPC, and does what it says. */
class AuthGrpcIT {

    private static String to(GrpcTestAuthorizer authorizer) {
        return "grpc: \"127.0.0.1:" + authorizer.port() + "\", timeout: 30s";
    }

    @Test
    void theAuthorizerIsToldWhatIsAskedFor() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer)
                        + ", include: {headers: [authorization, cookie, x-two]}, context: {team: shop}")) {
            RawClient.Response response = edge.get(
                    "/x//y?q=1",
                    "Authorization: Bearer t\nCookie: a=1\nX-Two: 1\nX-Two: 2\nX-Secret: s\ntrace-branch: f-1\n");
            assertThat(response.body()).isEqualTo("f-1");
            AttributeContext told = authorizer.asked().get(0).getAttributes();
            AttributeContext.HttpRequest http = told.getRequest().getHttp();
            assertThat(http.getMethod()).isEqualTo("GET");
            assertThat(http.getPath()).isEqualTo("/x//y?q=1");
            assertThat(http.getHost()).isEqualTo("a.test");
            assertThat(http.getScheme()).isEqualTo("http");
            assertThat(http.getProtocol()).isEqualTo("HTTP/1.1");
            assertThat(http.getId()).isNotEmpty();
            assertThat(http.getHeadersMap())
                    .containsEntry("authorization", "Bearer t")
                    .containsEntry("cookie", "a=1")
                    .containsEntry("x-two", "1,2")
                    .containsEntry(":path", "/x//y?q=1")
                    .doesNotContainKeys("x-secret", "trace-branch");
            assertThat(told.getSource().getAddress().getSocketAddress().getAddress())
                    .isEqualTo("127.0.0.1");
            assertThat(told.getRequest().getTime().getSeconds()).isPositive();
            assertThat(told.getContextExtensionsMap())
                    .containsEntry("service", "a")
                    .containsEntry("lane", "f-1")
                    .containsEntry("listener", "edge")
                    .containsEntry("team", "shop");
        }
    }

    @Test
    void aPermissionChangesTheRequestAndTheResponse() {
        OkHttpResponse.Builder changes = OkHttpResponse.newBuilder()
                .addHeaders(header("x-user", "grace"))
                .addHeaders(appended("x-roles", "b"))
                .addHeaders(header("x-there", "no", HeaderAppendAction.ADD_IF_ABSENT))
                .addHeaders(header("x-not-there", "no", HeaderAppendAction.OVERWRITE_IF_EXISTS))
                .addHeadersToRemove("authorization")
                .addResponseHeadersToAdd(header("x-session", "s1"))
                .addQueryParametersToSet(QueryParameter.newBuilder().setKey("q").setValue("2 3"))
                .addQueryParametersToRemove("gone");
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok(changes));
                AuthGateway edge = new AuthGateway(to(authorizer))) {
            RawClient.Response response = edge.get(
                    "/p?q=1&%67one=x&kept=y",
                    "Authorization: t\nX-User: root\nX_User: root\nX-Roles: a\nX-There: yes\n");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-session")).isEqualTo("s1");
            assertThat(edge.forwarded())
                    .startsWith("GET /p?kept=y&q=2%203 HTTP/1.1")
                    .contains("x-user: grace", "X-Roles: a", "x-roles: b", "X-There: yes")
                    .doesNotContain("root", "uthorization", "x-not-there", "x-there: no");
        }
    }

    @Test
    void aDenialIsSaidAsTheAuthorizerSaysIt() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied(
                        401,
                        "no",
                        header("content-type", "text/plain"),
                        header("www-authenticate", "Basic"),
                        header("content-length", "77"),
                        header("x-laneway-lane", "G0")));
                AuthGateway edge = new AuthGateway(to(authorizer))) {
            RawClient.Response response = edge.get("/", "");
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.body()).isEqualTo("no");
            assertThat(response.header("content-type")).isEqualTo("text/plain");
            assertThat(response.header("www-authenticate")).isEqualTo("Basic");
            assertThat(response.header("x-laneway-lane")).isNotEqualTo("G0");
            authorizer.rule(asked -> Said.denied());
            RawClient.Response plain = edge.get("/", "");
            assertThat(plain.status()).isEqualTo(403);
            assertThat(plain.header("content-type")).isEqualTo("application/problem+json");
            assertThat(edge.gateway.observed()).allMatch(each -> each.flag().equals("UAEX"));
            assertThat(edge.base.requests()).isEmpty();
        }
    }

    @Test
    void theLaneAndTheWayOfARequestAreNoMatterOfTheAuthorizers() {
        OkHttpResponse.Builder changes = OkHttpResponse.newBuilder()
                .addHeaders(header("trace-branch", "f-1"))
                .addHeaders(header("Trace_Branch", "f-1"))
                .addHeaders(header("baggage", "trace-branch=f-1"))
                .addHeaders(header("x-laneway-assigned", "pinned"))
                .addHeaders(header("x-forwarded-for", "6.6.6.6"))
                .addHeaders(header("host", "b.test"))
                .addHeaders(header(":path", "/admin"))
                .addHeaders(header("transfer-encoding", "chunked"))
                .addHeaders(header("x-split", "a\r\nx-evil: 1"))
                .addHeadersToRemove("host")
                .addHeadersToRemove("x-laneway-hops");
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok(changes));
                AuthGateway edge = new AuthGateway(to(authorizer))) {
            assertThat(edge.get("/", "").body()).isEqualTo("base");
            assertThat(edge.forwarded())
                    .startsWith("GET / HTTP/1.1")
                    .contains("Host: a.test", "x-laneway-hops: 1")
                    .doesNotContain("f-1", "pinned", "6.6.6.6", "b.test", "chunked", "evil");
        }
    }

    @Test
    void strangersSayNothingUnderNamesOfTheAuthorizersEvenWhereNoneIsAsked() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                AuthGateway edge = new AuthGateway(to(authorizer) + ", upstreamHeaders: [x-user]")) {
            assertThat(edge.get("/", "X-User: root\nX_User: root\n").status()).isEqualTo(200);
            assertThat(edge.forwarded()).doesNotContain("root");
            assertThat(edge.get("/open", "X-User: root\n").status()).isEqualTo(200);
            assertThat(edge.forwarded()).doesNotContain("root");
            assertThat(authorizer.asked()).hasSize(1);
        }
    }

    @Test
    void publicPathsAndPreflightsAreNotAskedFor() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied());
                AuthGateway edge = new AuthGateway(to(authorizer));
                RawClient client = edge.gateway.client()) {
            assertThat(edge.get("/open", "").body()).isEqualTo("base");
            client.send("""
                OPTIONS / HTTP/1.1
                Host: a.test
                Origin: https://page.test
                Access-Control-Request-Method: PUT

                """);
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(authorizer.asked()).isEmpty();
            assertThat(edge.get("/", "").status()).isEqualTo(403);
        }
    }

    @Test
    void bytesThatAreNoTextAreNoWayAroundADecision() throws Exception {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied());
                AuthGateway edge = new AuthGateway(to(authorizer) + ", failure: allow");
                RawClient client = edge.gateway.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a.test\r\nCookie: a=\u00ff\u00fe\r\n\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.response().status()).isEqualTo(403);
            assertThat(authorizer.asked()).hasSize(1);
        }
    }

    @Test
    void callsAndUpgradesAreAskedForAlike() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied(401, "not you"));
                AuthGateway edge = new AuthGateway(to(authorizer));
                RawClient client = edge.gateway.client()) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", edge.gateway.port())
                    .overrideAuthority("a.test")
                    .usePlaintext()
                    .build();
            try {
                assertThatThrownBy(() ->
                                AuthorizationGrpc.newBlockingStub(channel).check(CheckRequest.getDefaultInstance()))
                        .hasMessageStartingWith("UNAUTHENTICATED");
            } finally {
                channel.shutdownNow();
            }
            client.send("""
                GET / HTTP/1.1
                Host: a.test
                Connection: upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """);
            assertThat(client.response().status()).isEqualTo(401);
            assertThat(authorizer.asked()).hasSize(2);
            assertThat(authorizer
                            .asked()
                            .get(0)
                            .getAttributes()
                            .getRequest()
                            .getHttp()
                            .getProtocol())
                    .isEqualTo("HTTP/2");
        }
    }
}
