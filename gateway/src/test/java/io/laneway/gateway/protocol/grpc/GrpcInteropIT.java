package io.laneway.gateway.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.abort;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.testing.integration.EmptyProtos;
import io.grpc.testing.integration.TestServiceGrpc;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.AssumptionViolatedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * gRPC's interoperability suite (client and server of {@code grpc-interop-testing}) without the gateway and through it: h2c
 * and h2 to h2c, with the clients over Netty and OkHttp.
 */
class GrpcInteropIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestTls TLS = TestTls.make();
    private static final Upstream PLAIN = Upstream.saying("plain");

    /** Serves the base lane: knows no method at all. */
    private static Server base;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        base = NettyServerBuilder.forPort(0).build().start();
        gateway = TestGateway.over(table(1), config -> TLS.addListener(config, "tls"));
    }

    @AfterAll
    static void stop() {
        base.shutdownNow();
        gateway.close();
        PLAIN.close();
    }

    private static LaneTable table(int port) {
        return new Tables()
                .lane("f-1")
                .service("a", "master", base.getPort())
                .service("a", "f-1", port)
                .service("plain", "master", PLAIN.port())
                .build();
    }

    private static IntUnaryOperator through(String listener) {
        return port -> {
            gateway.table(table(port));
            return gateway.port(listener);
        };
    }

    private static ManagedChannelBuilder<?> netty(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .overrideAuthority("a.test")
                .usePlaintext();
    }

    private static ManagedChannelBuilder<?> nettyTls(int port) {
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .overrideAuthority("a.test")
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(TLS.file("ca.pem").toFile())
                            .build());
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ManagedChannelBuilder<?> okhttp(int port) {
        return OkHttpChannelBuilder.forAddress("127.0.0.1", port)
                .overrideAuthority("a.test")
                .usePlaintext();
    }

    private static ManagedChannelBuilder<?> okhttpTls(int port) {
        return OkHttpChannelBuilder.forAddress("127.0.0.1", port)
                .overrideAuthority("a.test")
                .sslSocketFactory(TLS.trusting().getSocketFactory());
    }

    private static Stream<DynamicTest> cases(IntUnaryOperator way, IntFunction<ManagedChannelBuilder<?>> client) {
        return InteropCase.all().stream()
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method, way, client)));
    }

    private static void run(Method method, IntUnaryOperator way, IntFunction<ManagedChannelBuilder<?>> client) {
        assertTimeoutPreemptively(LIMIT, () -> {
            try {
                new InteropCase(way, client).run(method);
            } catch (AssumptionViolatedException e) {
                abort(e.getMessage());
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What abandoned calls had is given back, and a plain request is answered at once. */
    @AfterEach
    void isAtRestAgain() {
        await().untilAsserted(() -> {
            assertThat(gateway.sum(stats -> stats.activeRequests.get())).isZero();
            assertThat(gateway.sum(stats -> stats.busyConnections.get())).isZero();
        });
        long start = System.nanoTime();
        try (RawClient client = gateway.client()) {
            assertThat(client.send("GET / HTTP/1.1\nHost: plain.test\n\n")
                            .response()
                            .body())
                    .isEqualTo("plain");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @TestFactory
    Stream<DynamicTest> withoutTheGateway() {
        return cases(port -> port, GrpcInteropIT::netty);
    }

    @TestFactory
    Stream<DynamicTest> inTheClear() {
        return cases(through("edge"), GrpcInteropIT::netty);
    }

    @TestFactory
    Stream<DynamicTest> overTls() {
        return cases(through("tls"), GrpcInteropIT::nettyTls);
    }

    @TestFactory
    Stream<DynamicTest> byOkHttpInTheClear() {
        return cases(through("edge"), GrpcInteropIT::okhttp);
    }

    @TestFactory
    Stream<DynamicTest> byOkHttpOverTls() {
        return cases(through("tls"), GrpcInteropIT::okhttpTls);
    }

    @Test
    void withoutTheMetadataTheBaseLaneAnswers() throws InterruptedException {
        ManagedChannel channel = netty(through("edge").applyAsInt(1)).build();
        try {
            assertThatThrownBy(() ->
                            TestServiceGrpc.newBlockingStub(channel).emptyCall(EmptyProtos.Empty.getDefaultInstance()))
                    .hasMessageContaining("UNIMPLEMENTED");
            assertThat(gateway.observed().get(gateway.observed().size() - 1).lane())
                    .isEqualTo("master");
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
