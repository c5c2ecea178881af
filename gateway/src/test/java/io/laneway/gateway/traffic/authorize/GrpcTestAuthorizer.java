package io.laneway.gateway.traffic.authorize;

import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc.AuthorizationImplBase;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.StreamObserver;
import io.laneway.gateway.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** An authorizer of grpc-java by Envoy's published protocol, which says what a test says. */
final class GrpcTestAuthorizer extends AuthorizationImplBase implements AutoCloseable {

    private final List<CheckRequest> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final Server server;
    private volatile Function<CheckRequest, CheckResponse> rule;
    private volatile boolean holds;
    private volatile boolean warm;

    GrpcTestAuthorizer(Function<CheckRequest, CheckResponse> rule) {
        this(0, rule);
    }

    GrpcTestAuthorizer(int port, Function<CheckRequest, CheckResponse> rule) {
        this.rule = rule;
        this.server = start(port, null);
        warm();
    }

    /** By TLS with a certificate of {@code tls}, for clients with one of its authority. */
    GrpcTestAuthorizer(TestTls tls, String certificate, Function<CheckRequest, CheckResponse> rule) {
        this.rule = rule;
        this.warm = true;
        try {
            this.server = start(
                    0,
                    GrpcSslContexts.forServer(
                                    tls.file(certificate + ".pem").toFile(),
                                    tls.file(certificate + ".key").toFile())
                            .trustManager(tls.file("ca.pem").toFile())
                            .clientAuth(ClientAuth.REQUIRE)
                            .build());
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Server start(int port, SslContext tls) {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .addService(this)
                    .sslContext(tls)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first call of a process loads much, for which no timeout of a gateway under test is meant. */
    private void warm() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port()))
                .usePlaintext()
                .build();
        try {
            var unused = AuthorizationGrpc.newBlockingStub(channel).check(CheckRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
        asked.clear();
        warm = true;
    }

    int port() {
        return server.getPort();
    }

    /** What it was asked. */
    List<CheckRequest> asked() {
        return asked;
    }

    void rule(Function<CheckRequest, CheckResponse> other) {
        rule = other;
    }

    /** It says nothing until {@link #release}. */
    void hold() {
        holds = true;
    }

    void release() {
        holds = false;
        held.countDown();
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> to) {
        asked.add(request);
        if (holds) {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        CheckResponse response = warm ? rule.apply(request) : Said.ok();
        if (response == null) {
            to.onError(io.grpc.Status.INTERNAL.asRuntimeException());
            return;
        }
        to.onNext(response);
        to.onCompleted();
    }

    @Override
    public void close() {
        release();
        server.shutdownNow();
    }
}
