package io.laneway.gateway.telemetry.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import io.laneway.gateway.testkit.TestTls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A receiver of spans by OTLP, over HTTP or gRPC, with OpenTelemetry's own messages and service. Keeps what it gets. */
final class OtlpReceiver implements AutoCloseable {

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Queue<ResourceSpans> resources = new ConcurrentLinkedQueue<>();
    private final Queue<String> headers = new ConcurrentLinkedQueue<>();
    private final boolean secure;
    private final int port;
    private final Runnable stop;

    private OtlpReceiver(boolean grpc, int at, TestTls tls) throws IOException {
        secure = tls != null;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), at);
        if (grpc) {
            NettyServerBuilder builder =
                    NettyServerBuilder.forAddress(any).addService(new Service()).intercept(new Heads());
            if (tls != null) {
                builder.sslContext(GrpcSslContexts.forServer(
                                tls.file("server.pem").toFile(),
                                tls.file("server.key").toFile())
                        .trustManager(tls.file("ca.pem").toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .build());
            }
            Server server = builder.build().start();
            port = server.getPort();
            stop = server::shutdownNow;
        } else {
            HttpServer server = HttpServer.create(any, 0);
            server.createContext("/v1/traces", this::take);
            server.start();
            port = server.getAddress().getPort();
            stop = () -> server.stop(0);
        }
    }

    static OtlpReceiver http() {
        return open(false, 0, null);
    }

    static OtlpReceiver grpc() {
        return grpc(0);
    }

    static OtlpReceiver grpc(int port) {
        return open(true, port, null);
    }

    /** Over TLS, with the client's certificate. */
    static OtlpReceiver grpc(TestTls tls) {
        return open(true, 0, tls);
    }

    private static OtlpReceiver open(boolean grpc, int port, TestTls tls) {
        try {
            return new OtlpReceiver(grpc, port, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange call) throws IOException {
        String key = call.getRequestHeaders().getFirst("api-key");
        headers.add(call.getRequestHeaders().getFirst("content-type") + " " + key);
        boolean gzip = "gzip".equals(call.getRequestHeaders().getFirst("content-encoding"));
        try (InputStream body = gzip ? new GZIPInputStream(call.getRequestBody()) : call.getRequestBody()) {
            take(ExportTraceServiceRequest.parseFrom(body));
        }
        byte[] response = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
        call.getResponseHeaders().add("content-type", "application/x-protobuf");
        call.sendResponseHeaders(200, response.length == 0 ? -1 : response.length);
        call.close();
    }

    private void take(ExportTraceServiceRequest request) {
        for (ResourceSpans each : request.getResourceSpansList()) {
            resources.add(each);
            each.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        }
    }

    private final class Service extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> response) {
            take(request);
            response.onNext(ExportTraceServiceResponse.getDefaultInstance());
            response.onCompleted();
        }
    }

    /** Takes note of what comes with calls. */
    private final class Heads implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata head, ServerCallHandler<Q, R> next) {
            headers.add(text(head, "content-type") + " " + text(head, "api-key"));
            return next.startCall(call, head);
        }

        private static String text(Metadata head, String name) {
            return head.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }
    }

    String url() {
        return (secure ? "https://localhost:" : "http://127.0.0.1:") + port;
    }

    /** The spans that have come. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    List<ResourceSpans> resources() {
        return List.copyOf(resources);
    }

    /** Content type and key of each batch. */
    List<String> headers() {
        return List.copyOf(headers);
    }

    /** Waits for that many spans. */
    List<Span> await(int count) {
        return await(count, span -> true);
    }

    /** Waits for that many spans of a kind. */
    List<Span> await(int count, Predicate<Span> which) {
        org.awaitility.Awaitility.await()
                .until(() -> spans.stream().filter(which).count() >= count);
        return spans.stream().filter(which).toList();
    }

    void clear() {
        spans.clear();
    }

    @Override
    public void close() {
        stop.run();
    }
}
