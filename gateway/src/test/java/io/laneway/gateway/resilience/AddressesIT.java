package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.names.Lookup;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Endpoints whose name has several addresses, some of them dead; and endpoints with which there is no TLS. */
class AddressesIT {

    private static final String LANE = "trace-branch: f-1\n";
    private static final String CLOSING = "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 4\n\nlane";

    private static Lookup says(String... addresses) {
        return host -> CompletableFuture.completedFuture(
                Stream.of(addresses).map(AddressesIT::ip).toList());
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestGateway gateway(Lookup names, Upstream base, int lanePort) {
        return TestGateway.over(
                new Tables()
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", Endpoint.at("n.test:" + lanePort))
                        .build(),
                config -> config,
                new TestGateway.Hands(System::nanoTime, () -> 0, names));
    }

    private static Upstream closing() {
        return Upstream.scripted(conversation -> {
            conversation.read();
            conversation.send(CLOSING);
        });
    }

    private static void allInTheLane(TestGateway gateway, int requests) {
        for (int i = 0; i < requests; i++) {
            try (RawClient client = gateway.client()) {
                RawClient.Response response = client.get("/", LANE);
                assertThat(response.body()).as("request %d", i).isEqualTo("lane");
                assertThat(response.header("x-laneway-decision")).isEqualTo("lane");
            }
        }
    }

    @Test
    void aDeadAddressOfANameTakesNoRequestOutOfItsLane() {
        try (Upstream base = Upstream.saying("base");
                Upstream lane = closing();
                TestGateway gateway = gateway(says("::1", "127.0.0.1", "127.0.0.2"), base, lane.port())) {
            allInTheLane(gateway, 40);
            assertThat(gateway.observed())
                    .allSatisfy(each -> assertThat(each.retries()).isZero());
        }
    }

    @Test
    void anAddressThatDoesNotAnswerHoldsNobodyUp() throws IOException {
        try (Upstream base = Upstream.saying("base");
                Upstream lane = closing();
                ServerSocket full = new ServerSocket()) {
            full.bind(new InetSocketAddress("127.0.0.2", lane.port()), 1);
            List<Socket> queue = fill(full);
            try (TestGateway gateway = gateway(says("127.0.0.2", "127.0.0.1"), base, lane.port())) {
                allInTheLane(gateway, 20);
            } finally {
                for (Socket each : queue) {
                    each.close();
                }
            }
        }
    }

    /** Connects until the kernel answers no more. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> queue = new ArrayList<>();
        while (true) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return queue;
            }
        }
    }

    @Test
    void whatIsRememberedOfAnAddressSparesItTheNextConnections() throws IOException {
        TestTls tls = TestTls.make();
        TestTls others = TestTls.make();
        UpstreamTls trusting = new UpstreamTls(tls.file("ca.pem").toString(), "a.test", null, null, true);
        AtomicInteger wrong = new AtomicInteger();
        try (Upstream good = Upstream.scripted(tls.listen(null), conversation -> {
                    conversation.read();
                    conversation.send(CLOSING);
                });
                ServerSocket socket = others.listenAt(new InetSocketAddress("127.0.0.2", good.port()));
                Upstream bad = Upstream.scripted(socket, conversation -> {
                    wrong.incrementAndGet();
                    conversation.read();
                });
                TestGateway gateway = TestGateway.over(
                        new Tables()
                                .protocol(Protocol.HTTPS)
                                .tls(trusting)
                                .service("a", "master", Endpoint.at("n.test:" + good.port()))
                                .build(),
                        config -> config,
                        new TestGateway.Hands(System::nanoTime, () -> 0, says("127.0.0.2", "127.0.0.1")))) {
            for (int i = 0; i < 30; i++) {
                try (RawClient client = gateway.client()) {
                    assertThat(client.get("/").body()).isEqualTo("lane");
                }
            }
            assertThat(bad.connections()).isEqualTo(1);
        }
    }

    @Test
    void aLaneIsUnusableWhenNoAddressTakesAConnectionAndIsBackWhenOneDoes() throws IOException {
        Upstream gone = closing();
        int port = gone.port();
        gone.close();
        try (Upstream base = Upstream.saying("base");
                TestGateway gateway = gateway(says("127.0.0.2", "127.0.0.1", "::1"), base, port);
                RawClient client = gateway.client()) {
            assertThat(client.get("/", LANE).status()).isEqualTo(503);
            assertThat(client.get("/", LANE).header("x-laneway-decision")).isEqualTo("fallback_unready");
            try (Upstream back = Upstream.saying(new ServerSocket(port, 50, ip("127.0.0.1")), "lane")) {
                await().until(() -> client.get("/", LANE).body().equals("lane"));
                assertThat(back.connections()).isPositive();
            }
        }
    }

    @Test
    void aLaneWithWhichThereIsNoTlsDoesNotComeBackBecauseItsPortIsOpen() {
        TestTls tls = TestTls.make();
        UpstreamTls strange = new UpstreamTls(TestTls.make().file("ca.pem").toString(), "a.test", null, null, true);
        try (Upstream lane = Upstream.saying(tls.listen(null), "lane");
                Upstream base = Upstream.saying(tls.listen(null), "base");
                TestGateway gateway = TestGateway.over(new Tables()
                        .protocol(Protocol.HTTPS)
                        .tls(strange)
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", lane.port())
                        .build());
                RawClient client = gateway.client()) {
            assertThat(client.get("/", LANE).header("x-laneway-decision")).isEqualTo("lane");
            int connections = lane.connections();
            await().until(() -> lane.connections() >= connections + 2);
            assertThat(client.get("/", LANE).header("x-laneway-decision")).isEqualTo("fallback_unready");
        }
    }

    @Test
    void keptConnectionsFollowANameThatMoves() throws IOException {
        AtomicInteger last = new AtomicInteger(1);
        Lookup moving = host -> CompletableFuture.completedFuture(List.of(ip("127.0.0." + last.get())));
        try (Upstream before = Upstream.saying("before");
                Upstream after = Upstream.saying(new ServerSocket(before.port(), 200, ip("127.0.0.2")), "after");
                TestGateway gateway = gateway(moving, before, before.port());
                RawClient client = gateway.client()) {
            assertThat(client.get("/", LANE).body()).isEqualTo("before");
            last.set(2);
            await().until(() -> client.get("/", LANE).body().equals("after"));
            assertThat(after.connections()).isEqualTo(1);
        }
    }
}
