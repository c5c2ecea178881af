package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import org.junit.jupiter.api.Test;

/** Hosts that are not in the table, absolute targets, tunnels and upgrades. */
class PassthroughIT {

    @Test
    void sendsUnknownHostsWhereTheyAskedUnstamped() {
        try (Upstream other = Upstream.saying("other");
                TestGateway gateway = TestGateway.over(LaneTable.EMPTY);
                RawClient client = RawClient.to(gateway.inside())) {
            String host = "localhost:" + other.port();
            client.send("GET /x HTTP/1.1\nHost: " + host + "\nTrace-Branch: f-1\n\n");
            RawClient.Response response = client.response();
            assertThat(response.body()).isEqualTo("other");
            assertThat(response.header("x-laneway-lane")).isNull();
            client.send("GET http://" + host + "/y?z HTTP/1.1\nHost: elsewhere\n\n");
            assertThat(client.response().body()).isEqualTo("other");

            assertThat(other.requests().get(0).head()).doesNotContain("x-laneway", "baggage", "x-forwarded");
            assertThat(other.requests().get(1).startLine()).isEqualTo("GET /y?z HTTP/1.1");
            assertThat(other.requests().get(1).header("host")).isEqualTo(host);
            assertThat(gateway.observed().get(0).service()).isEqualTo("__passthrough__");
        }
    }

    @Test
    void takesTheHostOfAnAbsoluteTargetForRouting() {
        try (Upstream upstream = Upstream.saying("a");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("GET http://a.test?x=1 HTTP/1.1\nHost: other.test\n\n");
            assertThat(client.response().body()).isEqualTo("a");
            assertThat(upstream.requests().get(0).startLine()).isEqualTo("GET /?x=1 HTTP/1.1");
            assertThat(upstream.requests().get(0).header("host")).isEqualTo("a.test");
        }
    }

    @Test
    void opensATunnelForConnect() {
        try (Upstream echo = Upstream.scripted(conversation -> {
                    conversation.send("hi\n");
                    for (String line = conversation.line(); line != null; line = conversation.line()) {
                        conversation.send(line + "!\n");
                    }
                });
                TestGateway gateway = TestGateway.over(LaneTable.EMPTY);
                RawClient client = RawClient.to(gateway.inside())) {
            String target = "127.0.0.1:" + echo.port();
            client.send("CONNECT " + target + " HTTP/1.1\nHost: " + target + "\n\nearly\n");
            assertThat(client.read("HTTP/1.1 200 OK\r\n\r\n".length())).isEqualTo("HTTP/1.1 200 OK\r\n\r\n");
            assertThat(client.read(4)).isEqualTo("hi\r\n");
            assertThat(client.read(8)).isEqualTo("early!\r\n");
            assertThat(client.send("more\n").read(7)).isEqualTo("more!\r\n");
        }
    }

    @Test
    void relaysAnUpgradedConnection() {
        try (Upstream echo = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send(
                            "HTTP/1.1 101 Switching Protocols\nUpgrade: echo\nConnection: upgrade\n\nready\n");
                    for (String line = conversation.line(); line != null; line = conversation.line()) {
                        conversation.send(line + "!\n");
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(echo.port()));
                RawClient client = gateway.client()) {
            client.send("GET /ws HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: echo\n\n");
            RawClient.Response response = client.response();
            assertThat(response.status()).isEqualTo(101);
            assertThat(response.header("upgrade")).isEqualTo("echo");
            assertThat(response.header("connection")).isEqualTo("upgrade");
            assertThat(client.read(7)).isEqualTo("ready\r\n");
            assertThat(client.send("one\n").read(6)).isEqualTo("one!\r\n");
            assertThat(echo.requests().get(0).header("connection")).isEqualTo("upgrade");
        }
    }

    @Test
    void doesNotRelayAnUpgradeToHttp2() {
        try (Upstream upstream = Upstream.saying("plain");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\n"
                            + "HTTP2-Settings: AAMAAABkAAQAAP__\nContent-Length: 1\n\nx")
                    .response();
            assertThat(upstream.requests().get(0).head()).doesNotContain("h2c", "HTTP2-Settings");
        }
    }
}
