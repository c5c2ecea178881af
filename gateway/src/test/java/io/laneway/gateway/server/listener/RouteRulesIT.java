package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route does beside leading to a service: rewrites, redirections, header changes, timeouts. */
class RouteRulesIT {

    private static final CountDownLatch OVER = new CountDownLatch(1);

    private static Upstream upstream;
    private static Upstream silent;
    private static Upstream seen;
    private static Upstream seenByLane;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nServer: inner\nContent-Length: 0\n\n");
        silent = Upstream.responding(request -> {
            try {
                OVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "HTTP/1.1 200 OK\nContent-Length: 0\n\n";
        });
        seen = Upstream.saying("seen");
        seenByLane = Upstream.saying("seen by f-1");
        gateway = TestGateway.over(table());
    }

    @AfterAll
    static void stop() {
        OVER.countDown();
        gateway.close();
        upstream.close();
        silent.close();
        seen.close();
        seenByLane.close();
    }

    @Test
    void aRoutesMirrorCopiesIntoAnotherServiceInTheRequestsOwnLaneWithItsFallback() {
        through("/copied?q=1", "trace-branch: f-2\n");
        Awaitility.await().until(() -> seen.requests().size() == 1);
        Upstream.Request copy = seen.requests().get(0);
        assertThat(copy.startLine()).isEqualTo("GET /copied?q=1 HTTP/1.1");
        assertThat(copy.header("trace-branch")).isEqualTo("f-2");
        assertThat(seenByLane.requests()).isEmpty();
    }

    @Test
    void aMirrorsLaneAndPortSayWhoGetsTheCopyAndWhatItIsStampedWith() {
        through("/lane", "");
        Awaitility.await().until(() -> seenByLane.requests().size() == 1);
        assertThat(seenByLane.requests().get(0).header("trace-branch")).isEqualTo("f-1");
        int before = seen.requests().size();
        through("/none", "");
        through("/none", "");
        assertThat(seen.requests()).hasSize(before);
    }

    @Test
    void theRoutesTimeForOneAttemptHoldsInsteadOfThePolicys() {
        int before = silent.requests().size();
        Response response = get("/tried", "");
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.body()).contains("upstream request timeout");
        Awaitility.await().until(() -> silent.requests().size() == before + 2);
    }

    private static LaneTable table() {
        return Tables.read("""
            schema: 1
            lanes: [{name: f-1}]
            services:
              - {name: a, deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}
              - {name: slow, deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}
              - name: seen
                deployments:
                  - {lane: master, endpoints: ["127.0.0.1:%d"]}
                  - lane: f-1
                    ports: [{name: x, port: 81, endpoints: []}, {name: y, port: 82, endpoints: ["127.0.0.1:%d"]}]
            routes:
              - {path: /full, service: a, rewrite: {path: /new%%20path}}
              - {path: /old, service: a, rewrite: {prefix: /new/}}
              - {path: /root, service: a, rewrite: {prefix: /}}
              - {path: /host, service: a, rewrite: {host: inner.example.com}}
              - path: /headers
                service: a
                headers: {request: {set: {x-a: "1"}, remove: [x-b]}, response: {remove: [server], add: {x-c: "2"}}}
              - {path: /slow, service: slow, timeout: 50ms}
              - {path: /tried, service: slow, perTryTimeout: 20ms}
              - {path: /copied, service: a, mirror: {service: seen}}
              - {path: /lane, service: a, mirror: {service: seen, lane: f-1, port: 82, share: 100%%}}
              - {path: /none, service: a, mirror: {service: seen, share: 0%%}}
              - {path: /gone, redirect: {status: 301, scheme: https, host: b.example.com, port: 8443, prefix: /here}}
              - {path: /secure, redirect: {scheme: https}, headers: {response: {set: {x-c: "3"}}}}
              - {path: /moved, redirect: {host: b.example.com, path: /}}
              - path: /part
                headers: {request: {set: {x-a: "1", x-d: "1"}}, response: {set: {x-c: "1"}}}
                services:
                  - {service: seen, weight: 0, headers: {request: {set: {x-a: "3"}}}}
                  - {service: a, headers: {request: {set: {x-a: "2"}}, response: {set: {x-c: "2", x-e: "2"}}}}
              - path: /own
                rewrite: {host: route.example.com, path: /route}
                services:
                  - {service: seen, weight: 0, rewrite: {path: /seen}}
                  - {service: a, rewrite: {host: part.example.com, prefix: /part}}
              - {path: /others, rewrite: {prefix: /route}, services: [{service: a}, {service: seen, weight: 0, rewrite: {path: /x}}]}
              - {path: /broken, services: [{status: 500}]}
              - {path: /half, services: [{status: 503}, {service: a}]}
              - {path: /elsewhere, match: {ports: [1]}, service: a}
              - {path: /only, match: {exact: true, method: POST}, service: a}
            """.formatted(upstream.port(), silent.port(), seen.port(), seenByLane.port()));
    }

    @ParameterizedTest
    @CsvSource({
        "/full/x?q=1,  /new%20path?q=1",
        "/full,        /new%20path",
        "/old,         /new",
        "/old?q=1,     /new?q=1",
        "/old/,        /new/",
        "/old/x/y?q=1, /new/x/y?q=1",
        "/root,        /",
        "/root?q=1,    /?q=1",
        "/root/x,      /x",
        "/own/x?q=1,   /part/x?q=1",
        "/others/x,    /route/x"
    })
    void thePathIsRewrittenAndTheQueryStays(String asked, String told) {
        assertThat(through(asked, "").startLine()).isEqualTo("GET " + told + " HTTP/1.1");
    }

    @Test
    void theHostIsRewrittenOnceAndForwardedAsItWas() {
        Upstream.Request request = through("/host", "");

        assertThat(request.head())
                .containsOnlyOnce("inner.example.com")
                .containsIgnoringCase("host: inner.example.com");
        assertThat(request.header("x-forwarded-host")).isNotNull().doesNotContain("inner");
    }

    @Test
    void aPartsOwnHostStandsInThePlaceOfTheRoutes() {
        assertThat(through("/own", "").head())
                .containsIgnoringCase("host: part.example.com")
                .doesNotContain("route.example.com");
    }

    @Test
    void headersAreChangedBothWays() {
        Upstream.Request request = through("/headers", "X-A: 0\nX-B: 0\n");
        assertThat(request.header("x-a")).isEqualTo("1");
        assertThat(request.header("x-b")).isNull();

        Response response = get("/headers", "");
        assertThat(response.header("server")).isNull();
        assertThat(response.header("x-c")).isEqualTo("2");
    }

    @Test
    void thePartThatARequestFallsToHasHeaderChangesOfItsOwn() {
        Upstream.Request request = through("/part", "X_A: 0\n");
        assertThat(request.header("x-a")).isEqualTo("2");
        assertThat(request.header("x-d")).isEqualTo("1");
        assertThat(request.head()).doesNotContain("X_A");

        Response response = get("/part", "");
        assertThat(response.header("x-c")).isEqualTo("1");
        assertThat(response.header("x-e")).isEqualTo("2");
    }

    @Test
    void aPartWithAStatusIsAnsweredByTheGateway() {
        assertThat(get("/broken", "").status()).isEqualTo(500);
        Set<Integer> statuses = new HashSet<>();
        for (int i = 0; i < 1000 && statuses.size() < 2; i++) {
            statuses.add(get("/half", "").status());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 503);
    }

    @Test
    void aRouteWithPortsIsForRequestsThatComeInThere() {
        assertThat(get("/elsewhere", "").status()).isEqualTo(404);
        try (TestGateway other = TestGateway.over(LaneTable.EMPTY)) {
            other.table(Tables.read("""
                schema: 1
                services: [{name: a, deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}]
                routes: [{path: /here, match: {ports: [%d, 1]}, service: a}]
                """.formatted(upstream.port(), other.port())));
            try (RawClient client = RawClient.to(other.port())) {
                assertThat(client.get("/here", "").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRouteHasATimeOfItsOwn() {
        assertThat(get("/slow", "").status()).isEqualTo(504);
    }

    @ParameterizedTest
    @CsvSource({
        "/gone/x?q=1, 301, https://b.example.com:8443/here/x?q=1",
        "/secure/x,   302, https://shop.example.com/secure/x",
        "/moved/x?q,  302, http://b.example.com:8080/?q"
    })
    void redirectsTellWhereToGo(String asked, int status, String location) {
        try (RawClient client = RawClient.to(gateway.port())) {
            client.send("GET " + asked + " HTTP/1.1\nHost: shop.example.com:8080\n\n");
            Response response = client.response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("location")).isEqualTo(location);
            assertThat(response.header("content-length")).isEqualTo("0");
        }
    }

    @Test
    void aRouteThatDoesNotWantTheRequestIsNone() {
        assertThat(get("/only", "").status()).isEqualTo(404);
        try (RawClient client = RawClient.to(gateway.port())) {
            client.send("POST /only?q=1 HTTP/1.1\nHost: x\nContent-Length: 0\n\n");
            assertThat(client.response().status()).isEqualTo(200);
            client.send("POST /only/more HTTP/1.1\nHost: x\nContent-Length: 0\n\n");
            assertThat(client.response().status()).isEqualTo(404);
        }
    }

    private static Upstream.Request through(String path, String headers) {
        int before = upstream.requests().size();
        assertThat(get(path, headers).status()).isEqualTo(200);
        return upstream.requests().get(before);
    }

    private static Response get(String path, String headers) {
        try (RawClient client = RawClient.to(gateway.port())) {
            return client.get(path, headers);
        }
    }
}
