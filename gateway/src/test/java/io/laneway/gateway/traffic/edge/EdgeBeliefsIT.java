package io.laneway.gateway.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestGateway.Observed;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What external listeners believe of what clients say, with and without proxies of ours before them. */
class EdgeBeliefsIT {

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.saying("ok");
        gateway = TestGateway.over(
                table(),
                config -> TestGateway.with(
                        config,
                        List.of(
                                listener("edge", Trust.EXTERNAL, 0, null),
                                listener("behind", Trust.EXTERNAL, 1, null),
                                listener("inside", Trust.INTERNAL, 0, null),
                                listener("bound", Trust.EXTERNAL, 0, "bare"))));
    }

    private static ListenerConfig listener(String name, Trust trust, int hops, String service) {
        ListenerConfig plain = ListenerConfig.of(name, new Address("127.0.0.1", 0), trust);
        return new ListenerConfig(
                plain.name(),
                plain.address(),
                plain.trust(),
                true,
                plain.defaultLane(),
                service,
                UnknownHost.REFUSE,
                plain.tls(),
                plain.proxyProtocol(),
                hops,
                plain.paths());
    }

    private static LaneTable table() {
        return Tables.read("""
                schema: 1
                services:
                  - name: a
                    hosts: [a.test, shop.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                    policy:
                      headers: {request: {remove: [X-Secret, X_Auth-Key], set: {X-Set-By-Us: ours}}}
                  - name: bare
                    hosts: ["*.bare.test", bare.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                  - name: rated
                    hosts: [rated.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                    policy: {rate: {requests: 1, per: 1h, burst: 1, key: source}}
                  - name: nameless
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:PORT"]}]
                routes:
                  - {path: /nameless, service: nameless}
                  - {path: /route, service: a, headers: {request: {remove: [X-Route-Secret]}}}
                  - {path: /moved, redirect: {prefix: /new, status: 301}}
                """.replace("PORT", String.valueOf(upstream.port())));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    /** The head that the endpoint is sent, in lower case. */
    private static String seen(String listener, String head) {
        int before = upstream.requests().size();
        assertThat(response(listener, head).status()).isEqualTo(200);
        Awaitility.await().until(() -> upstream.requests().size() > before);
        return upstream.requests().get(before).head().toLowerCase(Locale.ROOT);
    }

    private static RawClient.Response response(String listener, String head) {
        try (RawClient client = RawClient.to(gateway.port(listener))) {
            return client.send(head + "\n").response();
        }
    }

    @Test
    void anEndpointHearsNothingOfWhatAStrangerSaysAboutForwarding() {
        String seen = seen("edge", """
                GET / HTTP/1.1
                Host: a.test
                Forwarded: for=6.6.6.6;proto=https
                X-Forwarded-For: 6.6.6.6
                X-Forwarded-Proto: https
                X-Forwarded-Host: evil.test
                X-Forwarded-Port: 6666
                X-Forwarded-Prefix: /evil
                X_Forwarded_Port: 6666
                X_Forwarded-Prefix: /evil
                X-Real-Ip: 6.6.6.6
                X_Real_Ip: 6.6.6.6
                X-Original-Url: /evil
                X_Original-Url: /evil
                Front-End-Https: on
                Front_End_Https: on
                CF-Connecting-IP: 6.6.6.6
                cf_connecting_ip: 6.6.6.6
                Fastly-Client_IP: 6.6.6.6
                X-SSL-Client-Cert: evil
                x_ssl_client_cert: evil
                SSL_CLIENT_S_DN: CN=evil
                X-Script-Name: /evil
                SCRIPT_NAME: /evil
                Client_Cert: evil
                X-Other: kept
                """);

        assertThat(seen)
                .contains("\nx-other: kept\n", "\nx-forwarded-for: 127.0.0.1\n", "\nx-forwarded-proto: http\n")
                .contains("\nx-forwarded-host: a.test\n")
                .doesNotContain("6.6.6.6", "evil", "6666", "https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Secret",
                "X_Secret",
                "x_secret",
                "X_AUTH_KEY",
                "X-Auth_Key",
                "X-Auth-Key",
                "X_Auth-Key",
                "X_Set_By_Us",
                "X_Set-By-Us",
                "X_Route_Secret",
                "X-Route_Secret",
            })
    void noTwinOfAHeaderOfARulePasses(String name) {
        String head = "GET /route HTTP/1.1\nHost: a.test\n" + name + ": theirs\nX_Kept: kept\n";
        assertThat(seen("edge", head)).doesNotContain("theirs").contains("x_kept: kept", "x-set-by-us: ours");
    }

    @Test
    void peersMayUseTwinsAsTheyLike() {
        assertThat(seen("inside", "GET / HTTP/1.1\nHost: a.test\nX_Secret: theirs\n"))
                .contains("x_secret: theirs");
    }

    @Test
    void redirectionsForwardedHeadersAndLogsSayTheSameBehindAProxyOfOurs() {
        String claims = "X-Forwarded-For: 6.6.6.6, 192.0.2.7\nX-Forwarded-Proto: https\nX-Forwarded-Host: shop.test\n";

        RawClient.Response moved = response("behind", "GET /moved/x HTTP/1.1\nHost: inner:8080\n" + claims);
        assertThat(moved.header("location")).isEqualTo("https://shop.test/new/x");
        Observed logged = last(301);
        assertThat(logged.source()).isEqualTo("192.0.2.7");
        assertThat(logged.forwardedFor()).isEqualTo("192.0.2.7");
        assertThat(logged.authority()).isEqualTo("shop.test");

        assertThat(seen("behind", "GET / HTTP/1.1\nHost: a.test\n" + claims + "X-Forwarded-Port: 443\n"))
                .contains("\nx-forwarded-for: 192.0.2.7, 127.0.0.1\n")
                .contains(
                        "\nx-forwarded-proto: https\n", "\nx-forwarded-host: shop.test\n", "\nx-forwarded-port: 443\n");

        moved = response("edge", "GET /moved/x HTTP/1.1\nHost: a.test\n" + claims);
        assertThat(moved.header("location")).isEqualTo("http://a.test/new/x");
    }

    @ParameterizedTest
    @CsvSource({"edge, 127.0.0.1", "behind, 192.0.2.7"})
    void theLogNamesTheClientOfWhatTheGatewayAnswersItself(String listener, String client) {
        String claims = "X-Forwarded-For: 6.6.6.6, 192.0.2.7\n";
        String limited = "GET / HTTP/1.1\nHost: rated.test\n" + claims;
        assertThat(response(listener, limited).status()).isEqualTo(200);

        assertThat(response(listener, limited).status()).isEqualTo(429);
        assertThat(last(429).forwardedFor()).isEqualTo(client);
        assertThat(response(listener, "GET / HTTP/1.1\nHost: no.test\n" + claims)
                        .status())
                .isEqualTo(404);
        assertThat(last(404).forwardedFor()).isEqualTo(client);
        assertThat(response(listener, "GET / HTTP/1.1\nHost: a.test\n" + claims + "bad\n")
                        .status())
                .isEqualTo(400);
        assertThat(last(400).forwardedFor()).isEqualTo(client);
    }

    @Test
    void aRequestWithoutAHostIsForwardedWithThatOfItsService() {
        assertThat(seen("bound", "GET / HTTP/1.0\n")).contains("\nhost: bare.test\n");
        assertThat(seen("bound", "GET / HTTP/1.0\nHost:\n")).contains("\nhost: bare.test\n");
        assertThat(seen("edge", "GET /nameless HTTP/1.0\n"))
                .contains("\nhost: nameless\n")
                .doesNotContain("x-forwarded-host");
        assertThat(response("bound", "GET / HTTP/1.1\nHost:\n").status()).isEqualTo(400);
    }

    private static Observed last(int status) {
        return Awaitility.await().until(() -> of(status), each -> each != null);
    }

    private static Observed of(int status) {
        return gateway.observed().stream()
                .filter(each -> each.status() == status)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
