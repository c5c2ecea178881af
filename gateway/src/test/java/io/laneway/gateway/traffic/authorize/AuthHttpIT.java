package io.laneway.gateway.traffic.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import org.junit.jupiter.api.Test;

/** An edge asks an authorizer by HTTP, as Envoy does it and as {@code forwardAuth} does. */
class AuthHttpIT {

    private static Upstream saying(String response) {
        return Upstream.responding(request -> response);
    }

    @Test
    void theRequestIsAskedForAsItIs() {
        try (Upstream authorizer = saying("""
                HTTP/1.1 200 OK
                X-User: grace
                X-Other: no
                Set-Cookie: s=2
                x-envoy-auth-headers-to-remove: cookie, host
                Content-Length: 0

                """);
                AuthGateway edge = new AuthGateway(
                        "http: \"http://127.0.0.1:" + authorizer.port()
                                + "\", timeout: 30s, pathPrefix: /check, upstreamHeaders: [x-user], responseHeaders: [set-cookie]");
                RawClient client = edge.gateway.client()) {
            client.send("POST /p?q=1 HTTP/1.1\nHost: a.test\nCookie: s=1\nX-Secret: s\nContent-Length: 2\n\nhi");
            RawClient.Response response = client.response();
            assertThat(response.body()).isEqualTo("base");
            assertThat(response.header("set-cookie")).isEqualTo("s=2");
            assertThat(edge.base.requests().get(0).body()).isEqualTo("hi");
            assertThat(edge.forwarded()).contains("x-user: grace").doesNotContain("ookie", "x-other");
            assertThat(authorizer.requests().get(0).head())
                    .startsWith("POST /check/p?q=1 HTTP/1.1")
                    .contains("host: a.test", "cookie: s=1", "x-forwarded-for: 127.0.0.1", "x-forwarded-proto: http")
                    .doesNotContain("X-Secret");
        }
    }

    @Test
    void aUrlWithAPathIsAskedForAsItSays() {
        try (Upstream authorizer = saying("HTTP/1.1 202 Accepted\nContent-Length: 0\n\n");
                AuthGateway edge = new AuthGateway(
                        "http: \"http://127.0.0.1:" + authorizer.port() + "/oauth2/auth\", timeout: 30s");
                RawClient client = edge.gateway.client()) {
            client.send("PUT /p?q=1 HTTP/1.1\nHost: a.test\nX-Forwarded-Uri: /open\nContent-Length: 2\n\nhi");
            assertThat(client.response().body()).isEqualTo("base");
            assertThat(authorizer.requests().get(0).head())
                    .startsWith("GET /oauth2/auth HTTP/1.1")
                    .contains(
                            "x-forwarded-method: PUT",
                            "x-forwarded-host: a.test",
                            "x-forwarded-uri: /p?q=1",
                            "x-forwarded-proto: http")
                    .doesNotContain("/open");
        }
    }

    @Test
    void aDenialIsHandedOnAndAnErrorIsNone() {
        try (Upstream authorizer =
                        saying("HTTP/1.1 302 Found\nLocation: https://id.test/\nX-More: 1\nContent-Length: 2\n\nno");
                AuthGateway edge =
                        new AuthGateway("http: \"http://127.0.0.1:" + authorizer.port() + "\", timeout: 30s");
                AuthGateway less = new AuthGateway("http: \"http://127.0.0.1:" + authorizer.port()
                        + "\", timeout: 30s, clientHeaders: [x-none]")) {
            RawClient.Response response = edge.get("/", "");
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.body()).isEqualTo("no");
            assertThat(response.header("location")).isEqualTo("https://id.test/");
            assertThat(response.header("x-more")).isEqualTo("1");
            assertThat(less.get("/", "").headers()).containsKey("location").doesNotContainKey("x-more");
        }
        try (Upstream broken = saying("HTTP/1.1 500 Broken\nContent-Length: 0\n\n");
                AuthGateway edge = new AuthGateway(
                        "http: \"http://127.0.0.1:" + broken.port() + "\", timeout: 30s, failure: allow")) {
            assertThat(edge.get("/", "").body()).isEqualTo("base");
            assertThat(edge.sums().failedAllowed()).isEqualTo(1);
        }
    }
}
