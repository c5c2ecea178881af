package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A route's CORS, which speaks for the service too, and its several mirrors. */
class RouteCorsIT {

    private static Upstream upstream;
    private static Upstream first;
    private static Upstream second;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.responding(request -> """
            HTTP/1.1 200 OK
            Access-Control-Allow-Origin: *
            Access-Control-Expose-Headers: x-own
            Content-Length: 0

            """);
        first = Upstream.saying("first");
        second = Upstream.saying("second");
        gateway = TestGateway.over(Tables.read("""
            services:
              - {name: a, deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}
              - {name: first, deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}
              - {name: second, deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}
            routes:
              - path: /some
                service: a
                cors:
                  origins: ["https://www.foo.com", "https://*.bar.com"]
                  methods: [GET, OPTIONS]
                  headers: [x-header-1, x-header-2]
                  expose: [x-header-3]
                  credentials: true
                  maxAge: 1h
                  responses: true
              - {path: /any, service: a, cors: {origins: ["*"], methods: ["*"], responses: true}}
              - {path: /copied, service: a, mirror: {service: first}, mirrors: [{service: second}]}
            """.formatted(upstream.port(), first.port(), second.port())));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        first.close();
        second.close();
    }

    private static Response send(String method, String path, String headers) {
        try (RawClient client = RawClient.to(gateway.port())) {
            return client.send(method + " " + path + " HTTP/1.1\nHost: shop.test\n" + headers + "\n")
                    .response();
        }
    }

    private static Response preflight(String path, String origin, String method) {
        return send(
                "OPTIONS",
                path,
                "Origin: " + origin + "\nAccess-Control-Request-Method: " + method
                        + "\nAccess-Control-Request-Headers: x-header-1\n");
    }

    @Test
    void aPreflightOfAnAllowedOriginGetsAllThatIsAllowed() {
        for (String origin : new String[] {"https://www.foo.com", "https://www.bar.com", "https://xpto.www.bar.com"}) {
            Response response = preflight("/some", origin, "GET");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("access-control-allow-origin")).isEqualTo(origin);
            assertThat(response.header("access-control-allow-methods")).isEqualTo("GET, OPTIONS");
            assertThat(response.header("access-control-allow-headers")).isEqualTo("x-header-1, x-header-2");
            assertThat(response.header("access-control-expose-headers")).isEqualTo("x-header-3");
            assertThat(response.header("access-control-max-age")).isEqualTo("3600");
            assertThat(response.header("access-control-allow-credentials")).isEqualTo("true");
        }
        for (String origin : List.of(
                "https://foobar.com",
                "https://.bar.com",
                "http://www.bar.com",
                "https://evil.com/.bar.com",
                "https://evil.com#.bar.com",
                "https://evil.com:1.bar.com",
                "https://u@a.bar.com")) {
            Response response = preflight("/some", origin, "GET");
            assertThat(response.header("access-control-allow-origin"))
                    .as(origin)
                    .isNull();
        }
        Response any = preflight("/any", "https://foobar.com:12345", "PUT");
        assertThat(any.header("access-control-allow-origin")).isEqualTo("https://foobar.com:12345");
        assertThat(any.header("access-control-allow-methods")).isEqualTo("PUT");
        assertThat(any.header("access-control-allow-headers")).isEqualTo("x-header-1");
        assertThat(any.header("access-control-allow-credentials")).isNull();
    }

    @Test
    void aResponseSaysWhatTheRouteSaysAndNotWhatTheServiceSays() {
        Response allowed = send("GET", "/some", "Origin: https://www.bar.com\n");
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://www.bar.com");
        assertThat(allowed.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(allowed.header("access-control-expose-headers")).isEqualTo("x-header-3");
        Response other = send("GET", "/some", "Origin: https://foobar.com\n");
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.header("access-control-allow-origin")).isNull();
        assertThat(other.header("access-control-allow-credentials")).isNull();
        assertThat(send("PUT", "/any", "Content-Length: 0\nOrigin: https://foobar.com\n")
                        .header("access-control-allow-origin"))
                .isEqualTo("https://foobar.com");
    }

    @Test
    void eachOfSeveralMirrorsGetsACopyWithTheWholeBody() {
        assertThat(send("POST", "/copied", "Content-Length: 5\n\nhello").status())
                .isEqualTo(200);
        for (Upstream mirror : new Upstream[] {first, second}) {
            Awaitility.await().until(() -> mirror.requests().size() == 1);
            assertThat(mirror.requests().get(0).startLine()).isEqualTo("POST /copied HTTP/1.1");
            Awaitility.await().until(() -> mirror.requests().get(0).body().equals("hello"));
        }
        TestGateway.noneLost();
    }
}
