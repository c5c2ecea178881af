package io.laneway.gateway.traffic.filter;

import static io.laneway.gateway.traffic.filter.FilterGateway.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.laneway.filter.Filter;
import io.laneway.filter.FilterResult;
import io.laneway.filter.HeaderChanges;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Filters before HTTP/2, gRPC, upgrades and hosts that are passed through. */
class FilterProtocolIT {

    private static final String CALL = FrameSocket.POST + "content-type: application/grpc\nte: trailers\n";
    private static final String MESSAGE = "\0\0\0\0\2ok";

    /** Denies what has {@code evil} in its body or head, later and from another thread. */
    private static final Filter JUDGE = request -> request.collect(1 << 20)
            .thenCompose(body -> CompletableFuture.supplyAsync(() -> {
                boolean evil = new String(body, StandardCharsets.ISO_8859_1).contains("evil")
                        || request.headers().first("x-evil") != null;
                return evil
                        ? FilterResult.respond(403).body("text/plain", "evil")
                        : FilterResult.proceed()
                                .set("x-length", String.valueOf(body.length))
                                .onResponse(view -> HeaderChanges.none().set("x-status", "" + view.status()));
            }));

    @Test
    void streamsOfHttp2WaitAndPassOrAreDenied() {
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s", JUDGE));
                FrameSocket client = FrameSocket.client(edge.gateway.port())) {
            FrameSocket.Response good = client.get(1, "/", "");
            assertThat(good.status()).isEqualTo(200);
            assertThat(good.field("x-status")).isEqualTo("200");
            FrameSocket.Response evil = client.get(3, "/", "x-evil: 1\n");
            assertThat(evil.status()).isEqualTo(403);
            assertThat(evil.body()).isEqualTo("evil");
            client.headers(5, false, FrameSocket.POST);
            client.data(5, false, "ab");
            client.data(5, true, "cd");
            assertThat(client.response(5).status()).isEqualTo(200);
            assertThat(edge.upstream.requests().get(1).body()).isEqualTo("abcd");
            assertThat(edge.forwarded()).contains("x-length: 4");
        }
    }

    @Test
    void callsOfGrpcAreDeniedInTheirOwnWayAndPassWithTheirTrailers() {
        Upstream service = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Type: application/grpc\n"
                + "Transfer-Encoding: chunked\n\n7\n" + MESSAGE + "\n0\ngrpc-status: 0\n\n");
        try (FilterGateway edge = new FilterGateway(service, "", entry("timeout: 30s", JUDGE));
                FrameSocket client = FrameSocket.client(edge.gateway.port())) {
            client.headers(1, false, CALL + "x-evil: 1\n");
            client.data(1, true, MESSAGE);
            FrameSocket.Response denied = client.response(1);
            assertThat(denied.status()).isEqualTo(200);
            assertThat(denied.field("content-type")).isEqualTo("application/grpc");
            assertThat(denied.field("grpc-status")).isEqualTo("7");
            assertThat(denied.body()).isEmpty();
            client.headers(3, false, CALL);
            client.data(3, true, MESSAGE);
            FrameSocket.Response passed = client.response(3);
            assertThat(passed.body()).isEqualTo(MESSAGE);
            assertThat(passed.trailer("grpc-status")).isEqualTo("0");
            assertThat(service.requests()).hasSize(1);
            assertThat(edge.forwarded()).contains("x-length: 7");
        }
    }

    /** Far more than a stream's window: what is held counts as taken. */
    @Test
    void aLargeMessageIsCollectedFromAClientThatMindsWindows() {
        AtomicInteger length = new AtomicInteger();
        Filter filter = request -> request.collect(4 << 20).thenApply(body -> {
            length.set(body.length);
            return FilterResult.respond(403);
        });
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s", filter))) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", edge.gateway.port())
                    .overrideAuthority("a.test")
                    .usePlaintext()
                    .build();
            CheckRequest large = CheckRequest.newBuilder()
                    .setAttributes(AttributeContext.newBuilder().putContextExtensions("a", "x".repeat(2_000_000)))
                    .build();
            try {
                assertThatThrownBy(
                                () -> AuthorizationGrpc.newBlockingStub(channel).check(large))
                        .hasMessageStartingWith("PERMISSION_DENIED");
            } finally {
                channel.shutdownNow();
            }
            assertThat(length).hasValueGreaterThan(2_000_000);
        }
    }

    @Test
    void aFilterThatFailsEndsACallAsUnavailable() {
        try (FilterGateway edge = new FilterGateway(entry("", request -> {
                    throw new IllegalStateException("broken");
                }));
                FrameSocket client = FrameSocket.client(edge.gateway.port())) {
            client.headers(1, false, CALL);
            client.data(1, true, MESSAGE);
            assertThat(client.response(1).field("grpc-status")).isEqualTo("14");
        }
    }

    @Test
    void upgradesPassWithoutABodyAndWhatFollowsIsTheTunnels() {
        Upstream echo = Upstream.scripted(conversation -> {
            conversation.read();
            conversation.send("HTTP/1.1 101 Switching\nConnection: Upgrade\nUpgrade: tcp\n\n");
            for (int c = conversation.in().read(); c >= 0; c = conversation.in().read()) {
                conversation.sendRaw(new byte[] {(byte) Character.toUpperCase(c)});
            }
        });
        String upgrade = "GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: tcp\n";
        try (FilterGateway edge = new FilterGateway(echo, "", entry("timeout: 30s", JUDGE));
                RawClient client = edge.gateway.client();
                RawClient denied = edge.gateway.client()) {
            RawClient.Response switched = client.send(upgrade + "\nhello").response();
            assertThat(switched.status()).isEqualTo(101);
            assertThat(switched.header("x-status")).isEqualTo("101");
            assertThat(client.read(5)).isEqualTo("HELLO");
            assertThat(edge.forwarded()).contains("x-length: 0");
            assertThat(denied.send(upgrade + "X-Evil: 1\n\n").response().status())
                    .isEqualTo(403);
        }
    }

    @Test
    void anUpgradeWhoseResponseAFilterFailsForIsNone() {
        Upstream switching = Upstream.scripted(conversation -> {
            conversation.read();
            conversation.send("HTTP/1.1 101 Switching\nConnection: Upgrade\nUpgrade: tcp\n\n");
            conversation.read();
        });
        try (FilterGateway edge = new FilterGateway(
                        switching,
                        "",
                        entry(
                                "",
                                request -> FilterResult.proceed()
                                        .onResponse(view -> {
                                            throw new IllegalStateException("no");
                                        })
                                        .now()));
                RawClient client = edge.gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: tcp\n\n");
            assertThat(client.response().status()).isEqualTo(503);
        }
    }

    @Test
    void hostsThatArePassedThroughPassFiltersOfAllServicesAlone() {
        AtomicReference<String> service = new AtomicReference<>();
        try (FilterGateway edge = new FilterGateway(
                        entry("", request -> {
                            service.set(request.service() + "|" + request.lane());
                            return FilterResult.proceed().set("x-through", "1").now();
                        }),
                        entry(
                                "services: [a]",
                                request -> FilterResult.respond(403).now()));
                RawClient client = RawClient.to(edge.gateway.inside())) {
            String host = "127.0.0.1:" + edge.upstream.port();
            assertThat(client.send("GET / HTTP/1.1\nHost: " + host + "\n\n")
                            .response()
                            .status())
                    .isEqualTo(200);
            assertThat(service.get()).isEqualTo("|");
            assertThat(edge.forwarded()).contains("x-through: 1");
        }
    }
}
