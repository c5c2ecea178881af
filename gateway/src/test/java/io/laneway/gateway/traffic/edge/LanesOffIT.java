package io.laneway.gateway.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an edge with {@code lanes: false} ignores is not obeyed by the gateway behind it either. */
class LanesOffIT {

    private static Upstream base;
    private static Upstream lane;
    private static TestGateway inner;
    private static TestGateway edge;

    @BeforeAll
    static void start() {
        base = Upstream.saying("base");
        lane = Upstream.saying("f-1");
        inner = TestGateway.over(Tables.read(
                """
                schema: 1
                lanes: [{name: f-1}]
                carriers: {host: ["app-{lane}.test"]}
                services:
                  - name: app
                    hosts: ["*.test", "*.far"]
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                      - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:LANE"]}
                """.replace("BASE", String.valueOf(base.port())).replace("LANE", String.valueOf(lane.port()))));
        edge = TestGateway.over(
                Tables.read("""
                        schema: 1
                        lanes: [{name: f-1}]
                        carriers: {host: ["app-{lane}.test"]}
                        services:
                          - name: app
                            hosts: ["*.test", "*.f-1"]
                            deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:INNER"]}]
                          - name: far
                            hosts: ["*.far"]
                            deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:OUTER"]}]
                        """.replace("INNER", String.valueOf(inner.inside()))
                        .replace("OUTER", String.valueOf(inner.port("edge")))),
                config -> TestGateway.with(config, List.of(listener("off", false), listener("on", true))));
    }

    private static ListenerConfig listener(String name, boolean lanes) {
        ListenerConfig plain = ListenerConfig.of(name, new Address("127.0.0.1", 0), Trust.EXTERNAL);
        ListenerConfig made = new ListenerConfig(
                plain.name(),
                plain.address(),
                plain.trust(),
                lanes,
                plain.defaultLane(),
                null,
                UnknownHost.REFUSE,
                plain.tls(),
                plain.proxyProtocol(),
                0,
                plain.paths());
        return made.entered(EntryConfig.COOKIE);
    }

    @AfterAll
    static void stop() {
        edge.close();
        inner.close();
        base.close();
        lane.close();
    }

    private static String body(String listener, String host, String target, String header) {
        try (RawClient client = RawClient.to(edge.port(listener))) {
            return client.send("GET " + target + " HTTP/1.1\nHost: " + host + "\n" + header + "\n\n")
                    .response()
                    .body();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "app.test, /?trace-branch=f-1, x: y",
        "app.test, /, cookie: trace-branch=f-1",
        "app.test, /, trace-branch: f-1",
        "app.test, /, baggage: trace-branch=f-1",
        "app-f-1.test, /, x: y",
        "app.f-1, /, x: y",
        "app.far, /, origin: https://app-f-1.test",
    })
    void aStrangersCarrierIsIgnoredOnEachHop(String host, String target, String header) {
        assertThat(body("on", host, target, header)).isEqualTo("f-1");
        assertThat(body("off", host, target, header)).isEqualTo("base");
        assertThat(lane.requests())
                .as("only those of the listener with lanes on")
                .isNotEmpty();
    }

    @Test
    void noCookieIsSetThatWouldNameALaneElsewhere() {
        assertThat(cookie("on")).startsWith("trace-branch=f-1;");
        assertThat(cookie("off")).isNull();
    }

    private static String cookie(String listener) {
        try (RawClient client = RawClient.to(edge.port(listener))) {
            return client.send("GET /?trace-branch=f-1 HTTP/1.1\nHost: app.test\n\n")
                    .response()
                    .header("set-cookie");
        }
    }

    @ParameterizedTest
    @CsvSource({"/, ''", "/?trace-branch=f-1, trace-branch: master"})
    void onlyARequestThatNamesALaneIsStamped(String target, String stamp) {
        int before = base.requests().size();
        assertThat(body("off", "app.test", target, "x: y")).isEqualTo("base");
        String head = base.requests().get(before).head();
        assertThat(head).startsWith("GET " + target + " HTTP/1.1");
        assertThat(head.contains("trace-branch: ")).isEqualTo(!stamp.isEmpty());
        assertThat(head).contains(stamp);
    }
}
