package io.laneway.gateway.upstream.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages can read what the gateway answers in a service's place, by the service's policy. */
class CorsIT {

    private static final String ORIGIN = "https://app.test";

    private static Upstream upstream;
    private static DeadPort dead;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.responding(request -> request.startLine().contains("/bad")
                ? "HTTP/1.1 200 OK\nContent-Length: 1, 2\n\n"
                : "HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        dead = DeadPort.hold();
        gateway = TestGateway.over(table(), config -> TestGateway.with(config, new LimitsConfig(4096, 1024, 20, 0)));
    }

    private static LaneTable table() {
        return Tables.read(
                """
                schema: 1
                lanes: [{name: f-1, mode: strict}]
                services:
                  - name: a
                    hosts: [a.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                    policy: {cors: {origins: ["https://app.test"], credentials: true}}
                  - name: rated
                    hosts: [rated.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                    policy: {cors: {origins: ["*"]}, rate: {requests: 1, per: 1h, burst: 1, key: source}}
                  - name: dead
                    hosts: [dead.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:DEAD"]}]
                    policy: {cors: {origins: ["https://app.test"]}, retries: off}
                  - name: faulty
                    hosts: [faulty.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                    policy: {cors: {origins: ["https://app.test"]}, fault: {lane: master, abort: 418}}
                """.replace("PORT", String.valueOf(upstream.port())).replace("DEAD", String.valueOf(dead.number())));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        dead.close();
    }

    private static Response get(TestGateway from, String path, String host, String lines) {
        try (RawClient client = from.client()) {
            return client.send("GET " + path + " HTTP/1.1\nHost: " + host + "\n" + lines + "\n")
                    .response();
        }
    }

    private static void assertReadable(Response response, String origin) {
        assertThat(response.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(response.header("access-control-expose-headers")).contains("retry-after", "x-request-id");
        assertThat(response.header("vary")).isEqualTo("origin");
    }

    @ParameterizedTest
    @CsvSource({
        "/, dead.test, '', 503",
        "/, faulty.test, '', 418",
        "/, a.test, 'trace-branch: f-1', 503",
        "/bad, a.test, '', 502",
        "/%zz, a.test, '', 400",
        "/, a.test, 'Expect: 200-ok', 417",
    })
    void everyLocalReplyIsReadableForAllowedOrigins(String path, String host, String line, int status) {
        String lines = "Origin: " + ORIGIN + "\n" + (line.isEmpty() ? "" : line + "\n");

        Response response = get(gateway, path, host, lines);

        assertThat(response.status()).isEqualTo(status);
        assertReadable(response, ORIGIN);
        if (host.equals("a.test")) {
            assertThat(response.header("access-control-allow-credentials")).isEqualTo("true");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsAnsweredReadablyToo() {
        String lines = "Origin: " + ORIGIN + "\nCookie: " + "x".repeat(5000) + "\n";

        Response response = get(gateway, "/", "a.test", lines);

        assertThat(response.status()).isEqualTo(431);
        assertReadable(response, ORIGIN);
    }

    @Test
    void aLimitedPageLearnsWhenToComeAgain() {
        assertThat(get(gateway, "/", "rated.test", "").status()).isEqualTo(200);

        Response response = get(gateway, "/", "rated.test", "Origin: https://other.test\n");

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.header("retry-after")).isNotNull();
        assertReadable(response, "*");
    }

    @Test
    void aPageLearnsThatItsRequestWasShed() {
        try (TestGateway full = TestGateway.over(
                        table(), config -> TestGateway.with(config, new OverloadConfig(1, 1, Duration.ZERO)));
                RawClient first = full.client()) {
            int before = upstream.connections();
            first.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 1\n\n");
            Awaitility.await().until(() -> upstream.connections() > before);

            Response response = get(full, "/", "a.test", "Origin: " + ORIGIN + "\n");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isEqualTo("1");
            assertReadable(response, ORIGIN);
        }
    }

    @Test
    void otherOriginsMayNotReadAndCachesKeepThemApart() {
        for (String lines : new String[] {"", "Origin: https://evil.test\n"}) {
            Response response = get(gateway, "/", "dead.test", lines);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("vary")).isEqualTo("origin");
            assertThat(response.headers())
                    .doesNotContainKeys("access-control-allow-origin", "access-control-expose-headers");
        }
    }

    @Test
    void whereNoServiceIsKnownThereIsNoPolicy() {
        Response response = get(gateway, "/", "no.test", "Origin: " + ORIGIN + "\n");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).doesNotContainKeys("access-control-allow-origin", "vary");
    }
}
