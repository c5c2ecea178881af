package io.laneway.gateway.protocol.grpcweb;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of grpc-java whose messages are texts. */
final class EchoServer implements AutoCloseable {

    static final Metadata.Key<String> SAID = Metadata.Key.of("x-said", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** A message of {@link #flood}. */
    static final int PIECE = 64 * 1024;

    private static final Marshaller<String> TEXT = new Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Lets the second message of {@code Two} go. */
    final CountDownLatch second = new CountDownLatch(1);

    final CountDownLatch cancelled = new CountDownLatch(1);
    final AtomicInteger flooded = new AtomicInteger();
    volatile Metadata asked = new Metadata();
    private final Server server;

    EchoServer() throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder("t.Echo")
                .addMethod(method("Say", MethodType.UNARY), ServerCalls.asyncUnaryCall(EchoServer::say))
                .addMethod(method("Fail", MethodType.UNARY), ServerCalls.asyncUnaryCall(EchoServer::fail))
                .addMethod(method("Wait", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::never))
                .addMethod(method("Two", MethodType.SERVER_STREAMING), ServerCalls.asyncServerStreamingCall(this::two))
                .addMethod(
                        method("Flood", MethodType.SERVER_STREAMING), ServerCalls.asyncServerStreamingCall(this::flood))
                .build();
        server = NettyServerBuilder.forPort(0)
                .addService(ServerInterceptors.intercept(service, new Ear()))
                .build()
                .start();
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setFullMethodName("t.Echo/" + name)
                .setType(type)
                .build();
    }

    /** Keeps what a call brings along, and gives it metadata. */
    private final class Ear implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            asked = headers;
            return next.startCall(
                    new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<A, B>(call) {
                        @Override
                        public void sendHeaders(Metadata into) {
                            into.put(SAID, "first");
                            super.sendHeaders(into);
                        }
                    },
                    headers);
        }
    }

    private static void say(String text, StreamObserver<String> to) {
        to.onNext("hello " + text);
        to.onCompleted();
    }

    private static void fail(String text, StreamObserver<String> to) {
        Metadata more = new Metadata();
        more.put(SAID, "last");
        more.put(DETAILS, new byte[] {1, 2, 3});
        to.onError(Status.NOT_FOUND
                .withDescription("no " + text + ", 50% off \u00e9")
                .asRuntimeException(more));
    }

    private void never(String text, StreamObserver<String> to) {
        ((ServerCallStreamObserver<String>) to).setOnCancelHandler(cancelled::countDown);
    }

    private void two(String text, StreamObserver<String> to) {
        to.onNext("one " + text);
        new Thread(() -> {
                    await(second);
                    to.onNext("two " + text);
                    to.onCompleted();
                })
                .start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void flood(String count, StreamObserver<String> to) {
        ServerCallStreamObserver<String> call = (ServerCallStreamObserver<String>) to;
        int pieces = Integer.parseInt(count);
        call.setOnReadyHandler(() -> {
            while (call.isReady() && flooded.get() < pieces) {
                call.onNext("x".repeat(PIECE));
                if (flooded.incrementAndGet() == pieces) {
                    call.onCompleted();
                }
            }
        });
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        second.countDown();
        server.shutdownNow();
    }
}
