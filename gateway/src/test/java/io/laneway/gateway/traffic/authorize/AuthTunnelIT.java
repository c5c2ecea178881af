package io.laneway.gateway.traffic.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to become a tunnel is asked for first, with its head alone. */
class AuthTunnelIT {

    private static TestGateway gateway(GrpcTestAuthorizer authorizer, Upstream upstream) {
        String keys = "grpc: \"127.0.0.1:" + authorizer.port() + "\", timeout: 30s, include: {body: 1KiB}";
        return TestGateway.over(Tables.one(upstream.port()), config -> {
            List<ListenerConfig> all = config.listeners().stream()
                    .map(each -> each.authorizedBy(AuthGateway.auth(keys)))
                    .toList();
            return TestGateway.with(config, all);
        });
    }

    @Test
    void aWebSocketPassesOverEitherProtocolOnceItIsAllowed() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                Upstream echo = WebSocket.echoing();
                TestGateway gateway = gateway(authorizer, echo)) {
            try (WebSocket socket = WebSocket.overHttp1(gateway.port())) {
                assertThat(socket.text("one").read().text()).isEqualTo("one");
            }
            try (FrameSocket http2 = FrameSocket.client(gateway.port());
                    WebSocket socket = WebSocket.overHttp2(http2)) {
                assertThat(socket.text("two").read().text()).isEqualTo("two");
            }
            assertThat(authorizer.asked()).hasSize(2);
            assertThat(authorizer
                            .asked()
                            .get(0)
                            .getAttributes()
                            .getRequest()
                            .getHttp()
                            .getMethod())
                    .isEqualTo("GET");
        }
    }

    @Test
    void aWebSocketThatIsDeniedNeverReachesItsEndpoint() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied(401, "no"));
                Upstream echo = WebSocket.echoing();
                TestGateway gateway = gateway(authorizer, echo);
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", """
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    """);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.body()).isEqualTo("no");
            assertThat(echo.requests()).isEmpty();
        }
    }

    @Test
    void aTunnelToAStrangerIsAskedForAndItsBytesWait() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                Upstream echo = WebSocket.echoing();
                Upstream far = Upstream.saying("far");
                TestGateway gateway = gateway(authorizer, echo);
                RawClient client = RawClient.to(gateway.inside())) {
            String target = "127.0.0.1:" + far.port();
            client.send("CONNECT " + target + " HTTP/1.1\nHost: " + target + "\n\nGET / HTTP/1.1\nHost: far\n\n");
            assertThat(client.response(true).status()).isEqualTo(200);
            assertThat(client.response().body()).isEqualTo("far");
            assertThat(authorizer.asked()).hasSize(1);
            assertThat(authorizer
                            .asked()
                            .get(0)
                            .getAttributes()
                            .getRequest()
                            .getHttp()
                            .getMethod())
                    .isEqualTo("CONNECT");
        }
    }

    /** A plain CONNECT (RFC 9113 section 8.5): its bytes are DATA of its stream. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTunnelOverHttp2IsAskedForAndItsBytesWait(boolean early) {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.ok());
                Upstream echo = WebSocket.echoing();
                Upstream far = Upstream.saying("far");
                TestGateway gateway = gateway(authorizer, echo);
                FrameSocket client = FrameSocket.client(gateway.inside())) {
            String target = "127.0.0.1:" + far.port();
            String request = "GET / HTTP/1.1\r\nHost: far\r\n\r\n";
            client.headers(1, false, connect(target));
            if (early) {
                client.data(1, false, request);
            }
            assertThat(client.fields(client.await(FrameSocket.HEADERS))).startsWith(":status: 200");
            if (!early) {
                client.data(1, false, request);
            }
            StringBuilder relayed = new StringBuilder();
            while (relayed.indexOf("\r\n\r\nfar") < 0) {
                relayed.append(client.await(FrameSocket.DATA).text());
            }
            assertThat(relayed).startsWith("HTTP/1.1 200");
            assertThat(authorizer.asked()).hasSize(1);
            var http = authorizer.asked().get(0).getAttributes().getRequest().getHttp();
            assertThat(http.getMethod()).isEqualTo("CONNECT");
            assertThat(http.getHost()).isEqualTo(target);
        }
    }

    @Test
    void aTunnelOverHttp2ThatIsDeniedIsNotOpened() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied());
                Upstream echo = WebSocket.echoing();
                Upstream far = Upstream.saying("far");
                TestGateway gateway = gateway(authorizer, echo);
                FrameSocket client = FrameSocket.client(gateway.inside())) {
            client.headers(1, false, connect("127.0.0.1:" + far.port()));
            assertThat(client.response(1).status()).isEqualTo(403);
            assertThat(far.requests()).isEmpty();
        }
    }

    private static String connect(String target) {
        return ":method: CONNECT\n:authority: " + target + "\n";
    }

    @Test
    void aTunnelThatIsDeniedIsNotOpened() {
        try (GrpcTestAuthorizer authorizer = new GrpcTestAuthorizer(asked -> Said.denied());
                Upstream echo = WebSocket.echoing();
                Upstream far = Upstream.saying("far");
                TestGateway gateway = gateway(authorizer, echo);
                RawClient client = RawClient.to(gateway.inside())) {
            String target = "127.0.0.1:" + far.port();
            assertThat(client.send("CONNECT " + target + " HTTP/1.1\nHost: " + target + "\n\n")
                            .response()
                            .status())
                    .isEqualTo(403);
            assertThat(far.requests()).isEmpty();
        }
    }
}
