package io.laneway.gateway.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.AccessConfig;
import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.network.Network;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access lists of listeners, by where a request comes from. */
class SourceAccessIT {

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.saying("ok");
        gateway = TestGateway.over(
                Tables.one(upstream.port()),
                config -> TestGateway.with(
                        config,
                        List.of(
                                listener("edge", Trust.EXTERNAL, 0, false, "127.0.0.0/8", ""),
                                listener("closed", Trust.EXTERNAL, 0, false, "", "127.0.0.1"),
                                listener("closedInside", Trust.INTERNAL, 0, false, "", "::ffff:127.0.0.1"),
                                listener("both", Trust.EXTERNAL, 0, false, "127.0.0.0/8", "127.0.0.1/32"),
                                listener(
                                        "behind", Trust.EXTERNAL, 1, false, "192.0.2.0/24 2001:db8::/32", "192.0.2.66"),
                                listener("proxied", Trust.EXTERNAL, 0, true, "192.0.2.0/24", ""))));
    }

    private static ListenerConfig listener(
            String name, Trust trust, int hops, boolean proxied, String allow, String deny) {
        ListenerConfig plain = ListenerConfig.of(name, new Address("127.0.0.1", 0), trust);
        return new ListenerConfig(
                        plain.name(),
                        plain.address(),
                        plain.trust(),
                        true,
                        null,
                        null,
                        plain.unknownHost(),
                        null,
                        proxied,
                        hops,
                        plain.paths())
                .from(new AccessConfig(networks(allow), networks(deny)));
    }

    private static List<Network> networks(String texts) {
        return Stream.of(texts.split(" "))
                .filter(text -> !text.isEmpty())
                .map(Network::parse)
                .toList();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Response ask(String listener, String text) {
        try (RawClient client = RawClient.to(gateway.port(listener))) {
            return client.send(text).response();
        }
    }

    @Test
    void whatDenyHasIsRefusedThoughAllowHasItToo() {
        assertThat(ask("edge", "GET / HTTP/1.1\nHost: a.test\n\n").status()).isEqualTo(200);

        int asked = upstream.requests().size();
        long counted = gateway.count(Offence.SOURCE);
        for (String listener : List.of("closed", "closedInside", "both")) {
            Response refused = ask(listener, "GET /x HTTP/1.1\nHost: a.test\n\n");
            assertThat(refused.status()).as(listener).isEqualTo(403);
            assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
            assertThat(refused.body()).contains("takes no requests from the client's address");
        }
        assertThat(upstream.requests()).hasSize(asked);
        assertThat(gateway.count(Offence.SOURCE)).isEqualTo(counted + 3);
        await().until(() -> gateway.observed().stream()
                        .filter(each -> each.status() == 403 && each.path().equals("/x"))
                        .filter(each ->
                                each.flag().equals("LR") && each.source().equals("127.0.0.1"))
                        .count()
                == 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT a.test:80 HTTP/1.1\nHost: a.test:80\n\n",
                "CONNECT 127.0.0.1:1 HTTP/1.1\nHost: 127.0.0.1:1\n\n",
                """
                        GET / HTTP/1.1
                        Host: a.test
                        Connection: Upgrade
                        Upgrade: websocket
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                        """,
                "OPTIONS * HTTP/1.1\nHost: a.test\nMax-Forwards: 0\n\n",
                "OPTIONS / HTTP/1.1\nHost: a.test\nOrigin: http://b.test\nAccess-Control-Request-Method: PUT\n\n",
                "GET /.well-known/laneway HTTP/1.1\nHost: a.test\n\n",
                "GET / HTTP/1.1\nHost: a.test\nX-Forwarded-For: 192.0.2.1\nX-Real-IP: 192.0.2.1\n\n",
                "POST / HTTP/1.1\nHost: a.test\nExpect: 100-continue\nContent-Length: 5\n\n",
                "GET http://a.test/ HTTP/1.1\nHost: a.test\n\n",
            })
    void itIsRefusedWhateverIsAskedFor(String request) {
        for (String listener : List.of("closed", "closedInside")) {
            assertThat(ask(listener, request).status()).isEqualTo(403);
        }
    }

    @Test
    void streamsOfHttp2AreRefusedOneByOneAndCallsOfGrpcInTheirWords() {
        try (FrameSocket client = FrameSocket.client(gateway.port("closed"))) {
            assertThat(client.get(1, "/", "").status()).isEqualTo(403);
            String connect = """
                    :method: CONNECT
                    :protocol: websocket
                    :scheme: http
                    :path: /
                    :authority: a.test
                    sec-websocket-version: 13
                    """;
            client.headers(3, false, connect);
            assertThat(client.response(3).status()).isEqualTo(403);
            client.headers(5, false, FrameSocket.POST + "content-type: application/grpc\nte: trailers\n");
            FrameSocket.Response call = client.response(5);
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.fields() + call.trailers()).contains("grpc-status: 7");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.7                       | 200
            192.0.2.66                      | 403
            ::ffff:192.0.2.66               | 403
            ::ffff:192.0.2.7                | 200
            198.51.100.1, 192.0.2.7         | 200
            192.0.2.7, 198.51.100.1         | 403
            [2001:db8::1]:4711              | 200
            2001:db8::1%eth0                | 200
            2001:db9::1                     | 403
            192.0.2.07                      | 403
            192.0.2.999                     | 403
            unknown                         | 403
            """)
    void behindProxiesOfOursItIsTheClientWhomTheyName(String forwardedFor, int status) {
        assertThat(ask("behind", "GET / HTTP/1.1\nHost: a.test\nX-Forwarded-For: " + forwardedFor + "\n\n")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 127.0.0.1 1 2, 200",
        "PROXY TCP4 198.51.100.1 127.0.0.1 1 2, 403",
        "PROXY TCP6 ::ffff:192.0.2.7 ::1 1 2, 200",
        "PROXY UNKNOWN, 403",
    })
    void behindAProxyThatSaysSoItIsTheAddressOfItsHeader(String header, int status) {
        assertThat(ask("proxied", header + "\nGET / HTTP/1.1\nHost: a.test\n\n").status())
                .isEqualTo(status);
    }
}
