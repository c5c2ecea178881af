package io.laneway.gateway.traffic.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.HeadersConfig;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to strangers carry the id of their request, once. */
class RequestIdIT {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    private static TestGateway gateway(Upstream upstream) {
        return TestGateway.over(Tables.one(upstream.port()));
    }

    private static RawClient.Response send(RawClient client, String request) {
        return client.send(request).response(request.startsWith("HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK,
                "HTTP/1.1 304 Not Modified\nETag: x\n\n",
                "HTTP/1.1 204 No Content\n\n",
                "HTTP/1.1 500 Wrong\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n"
            })
    void theIdThatTheEndpointGotIsInTheResponse(String response) {
        try (Upstream upstream = Upstream.responding(request -> response);
                TestGateway gateway = gateway(upstream);
                RawClient client = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            String id = client.get("/").header("x-request-id");
            assertThat(id).hasSize(36).isEqualTo(upstream.requests().get(0).header("x-request-id"));

            http2.headers(1, true, FrameSocket.GET);
            assertThat(http2.response(1).field("x-request-id"))
                    .hasSize(36)
                    .isEqualTo(upstream.requests().get(1).header("x-request-id"));
        }
    }

    @Test
    void aHeadRequestsResponseHasItToo() {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 2\n\n");
                TestGateway gateway = gateway(upstream);
                RawClient client = gateway.client()) {
            RawClient.Response response = send(client, "HEAD / HTTP/1.1\nHost: a.test\n\n");
            assertThat(response.header("x-request-id")).hasSize(36);
            assertThat(response.header("content-length")).isEqualTo("2");
        }
    }

    @Test
    void onlyTheLastOfSeveralResponsesHasIt() throws Exception {
        try (Upstream upstream =
                        Upstream.responding(request -> "HTTP/1.1 103 Early Hints\nLink: </a>; rel=preload\n\n" + OK);
                TestGateway gateway = gateway(upstream);
                RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            StringBuilder hints = new StringBuilder();
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                hints.append(line).append('\n');
            }
            assertThat(hints.toString()).startsWith("HTTP/1.1 103").doesNotContainIgnoringCase("x-request-id");
            assertThat(client.response().header("x-request-id")).hasSize(36);
        }
    }

    @Test
    void anIdOfTheEndpointsOwnStaysTheOnlyOne() {
        try (Upstream upstream =
                        Upstream.responding(request -> "HTTP/1.1 200 OK\nX-Request-ID: mine\nContent-Length: 2\n\nok");
                TestGateway gateway = gateway(upstream);
                RawClient client = gateway.client()) {
            assertThat(client.get("/").header("x-request-id")).isEqualTo("mine");
        }
    }

    @Test
    void localRepliesHaveIt() {
        try (TestGateway gateway = TestGateway.over(Tables.one());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-request-id")).hasSize(36);
            assertThat(response.body()).contains(response.header("x-request-id"));
            assertThat(send(client, "OPTIONS * HTTP/1.1\nHost: a.test\nMax-Forwards: 0\n\n")
                            .header("x-request-id"))
                    .hasSize(36);
        }
    }

    @Test
    void ourOwnPeersGetItInFailuresAlone() {
        try (Upstream upstream = Upstream.responding(request -> OK);
                TestGateway gateway = gateway(upstream);
                RawClient client = RawClient.to(gateway.inside())) {
            assertThat(client.get("/").header("x-request-id")).isNull();
            assertThat(send(client, "CONNECT a.test:99999 HTTP/1.1\nHost: a.test\n\n")
                            .status())
                    .isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    void canBeTurnedOff() {
        HeadersConfig without = new HeadersConfig(true, false, false, false);
        try (Upstream upstream =
                        Upstream.responding(request -> request.startLine().contains("own")
                                ? "HTTP/1.1 200 OK\nX-Request-ID: mine\nContent-Length: 2\n\nok"
                                : OK);
                TestGateway gateway =
                        TestGateway.over(Tables.one(upstream.port()), config -> TestGateway.with(config, without));
                RawClient client = gateway.client()) {
            assertThat(client.get("/").header("x-request-id")).isNull();
            assertThat(client.get("/own").header("x-request-id")).isEqualTo("mine");
            RawClient.Response local = send(client, "GET / HTTP/1.1\nHost: none.test\n\n");
            assertThat(local.header("x-request-id")).isNull();
            assertThat(local.body()).contains("requestId");
        }
    }
}
