package io.laneway.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.laneway.replay.OrdersProto;
import io.laneway.replay.diff.ComparedRequest;
import io.laneway.replay.diff.Comparison;
import io.laneway.replay.diff.Endpoints;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.Finding;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ReplayedResponse;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.result.Side;
import io.laneway.replay.send.Journal;
import io.laneway.replay.send.Pace;
import io.laneway.replay.send.Replay;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.ReplayPlan;
import io.laneway.replay.send.Stamps;
import io.laneway.replay.send.Totals;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded calls against a server of grpc-java, whose lane {@code f-1} has other prices, lacks an order, and streams one
 * message less; what differs is then found by field.
 */
@Timeout(60)
class GrpcReplayIT {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00Z");
    private static final Metadata.Key<String> BRANCH =
            Metadata.Key.of("trace-branch", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> SERVED =
            Metadata.Key.of("x-laneway-lane", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> LANE = Context.key("lane");

    @TempDir
    Path directory;

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private X509Bundle certificate;
    private Server server;
    private String servedBy = "f-1";

    @BeforeEach
    void start() throws Exception {
        certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private int listen(boolean tls) throws Exception {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (tls) {
            builder.useTransportSecurity(
                    stream(certificate.getCertificatePathPEM()), stream(certificate.getPrivateKeyPEM()));
        }
        server = builder.addService(ServerInterceptors.intercept(service(), new Lanes()))
                .build()
                .start();
        return server.getPort();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ServerServiceDefinition service() {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("shop.Orders");
        for (MethodDescriptor method : OrdersProto.service().getMethods()) {
            var descriptor = io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                    .setFullMethodName("shop.Orders/" + method.getName())
                    .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                    .setRequestMarshaller(
                            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                    .setResponseMarshaller(
                            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                    .build();
            service.addMethod(
                    descriptor,
                    method.isServerStreaming()
                            ? ServerCalls.asyncServerStreamingCall((in, out) -> list(out))
                            : ServerCalls.asyncUnaryCall((in, out) -> call(method.getName(), in, out)));
        }
        return service.build();
    }

    private void call(String method, DynamicMessage in, StreamObserver<DynamicMessage> out) {
        long id = (Long) in.getField(in.getDescriptorForType().findFieldByNumber(1));
        calls.add(method + " " + id + " " + LANE.get());
        boolean lane = LANE.get().equals("f-1");
        if (id == 13 && lane) {
            out.onError(Status.NOT_FOUND.withDescription("no order 13").asRuntimeException());
            return;
        }
        out.onNext(order(id, lane && id % 2 == 0 ? "1999" : "19.99"));
        out.onCompleted();
    }

    private static void list(StreamObserver<DynamicMessage> out) {
        boolean lane = LANE.get().equals("f-1");
        for (long id = 1; id <= (lane ? 2 : 3); id++) {
            out.onNext(order(id, "5"));
        }
        out.onCompleted();
    }

    /** Made now, by a seal that is new each time. */
    private static DynamicMessage order(long id, String price) {
        Instant now = Instant.now();
        return OrdersProto.message(
                "Order",
                "id: " + id + " price: " + price + " made { seconds: " + now.getEpochSecond() + " nanos: "
                        + now.getNano() + " } seal: \""
                        + ThreadLocalRandom.current().nextInt(100_000, 999_999) + "\"");
    }

    /** Knows a request's lane, compresses responses, and says who served, as a gateway does. */
    private final class Lanes implements ServerInterceptor {

        @Override
        public <Q, S> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
            String lane = String.valueOf(headers.get(BRANCH));
            call.setCompression("gzip");
            ServerCall<Q, S> stamped = new SimpleForwardingServerCall<>(call) {
                @Override
                public void sendHeaders(Metadata sent) {
                    sent.put(SERVED, lane.equals("f-1") ? servedBy : lane);
                    super.sendHeaders(sent);
                }
            };
            return Contexts.interceptCall(Context.current().withValue(LANE, lane), stamped, headers, next);
        }
    }

    @Test
    void callsAreReplayedOverPlainHttp2AndWhatDiffersIsFoundByField() throws Exception {
        everyDifferenceIsFound("http://localhost:" + listen(false), null);
    }

    @Test
    void callsAreReplayedOverTlsByAlpn() throws Exception {
        Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.getCertificatePathPEM());
        everyDifferenceIsFound("https://localhost:" + listen(true), ca);
    }

    private void everyDifferenceIsFound(String to, Path ca) throws Exception {
        ProtoReader set = ProtoReader.of(OrdersProto.SET);
        List<RecordedExchange> recorded = new ArrayList<>();
        for (int i = 1; i <= 24; i++) {
            recorded.add(call(i, "Get", "Query", "id: " + i));
        }
        for (int i = 25; i <= 36; i++) {
            recorded.add(call(i, "List", "Query", "id: " + i));
        }
        recorded.add(call(37, "Put", "Order", "id: 37"));

        Totals totals = replay(
                recorded, to, ca, new ReplayOptions("f-1", "master", false, 4, it -> set.safe(it.path()), List.of()));

        assertThat(totals.responded()).isEqualTo(36);
        assertThat(totals.skipped()).isEqualTo(1);
        assertThat(calls).noneMatch(call -> call.startsWith("Put")).contains("Get 3 master", "Get 3 f-1");
        List<ReplayedRequest> results = results();
        assertThat(results.get(12).of(Side.LANE).response().grpcStatus()).isEqualTo("5");
        assertThat(results.get(12).of(Side.BASE2).response().grpcStatus()).isEqualTo("0");
        DiffReport report = compare(results, set);
        assertThat(report.findings())
                .extracting(Finding::endpoint, Finding::path)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("POST /shop.Orders/Get", "body.price"),
                        org.assertj.core.groups.Tuple.tuple("POST /shop.Orders/Get", "grpc-status"),
                        org.assertj.core.groups.Tuple.tuple("POST /shop.Orders/List", "body"));
        assertThat(report.findings()).extracting(Finding::path).doesNotContain("body.made", "body.seal");
    }

    private static DiffReport compare(List<ReplayedRequest> results, ProtoReader set) {
        List<ComparedRequest> compared = results.stream()
                .map(it -> new ComparedRequest(
                        it.recorded().id(),
                        "",
                        it.recorded().request(),
                        it.of(Side.BASE1).response(),
                        it.of(Side.BASE2).response(),
                        it.of(Side.LANE).response()))
                .toList();
        Endpoints endpoints = new Endpoints();
        compared.forEach(endpoints::learn);
        Comparison comparison = new Comparison(endpoints, DiffRules.NONE, set);
        compared.forEach(comparison::add);
        return comparison.report();
    }

    @Test
    void aWriteThatAnotherLaneServedEndsTheReplay() throws Exception {
        String to = "http://localhost:" + listen(false);
        servedBy = "master";
        List<RecordedExchange> recorded = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            recorded.add(call(i, "Put", "Order", "id: " + i));
        }
        Totals totals = replay(recorded, to, null, new ReplayOptions("f-1", "", true, 1));
        assertThat(calls).containsExactly("Put 1 f-1");
        assertThat(totals.done()).isEqualTo(1);
        assertThat(stopped).isEqualTo("request id-1, POST /shop.Orders/Put, was served by lane master (expected: f-1)");
    }

    private String stopped = "";

    private Totals replay(List<RecordedExchange> recorded, String to, Path ca, ReplayOptions options) throws Exception {
        Destination destination = new Destination(URI.create(to), ca, false, 4, Duration.ofSeconds(20), 1 << 20);
        ReplayHeader header = new ReplayHeader("r-1", "a", to, "f-1", options.against(), THEN);
        try (ResultWriter writer = ResultWriter.create(directory.resolve("results.jsonl.gz"), header);
                Journal journal = Journal.open(directory.resolve("results.journal"));
                HttpSender sender = new HttpSender(destination)) {
            ReplayPlan plan = ReplayPlan.of(recorded, Pace.parse("1000/s"), 1, false);
            Replay replay = new Replay(plan, options, new Stamps("r-1", ""), sender, writer, journal);
            Totals totals = replay.run();
            stopped = replay.stopped();
            return totals;
        }
    }

    private List<ReplayedRequest> results() throws Exception {
        List<ReplayedRequest> all = new ArrayList<>();
        try (ResultReader reader = ResultReader.open(directory.resolve("results.jsonl.gz"))) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                for (ReplayedResponse response : next.responses()) {
                    assertThat(response.error()).isEmpty();
                }
                all.add(next);
            }
        }
        all.sort(java.util.Comparator.comparingLong(ReplayedRequest::sequence));
        return all;
    }

    /** A call as a gateway records it: a gRPC frame in a request of HTTP/2. */
    private static RecordedExchange call(int i, String method, String type, String message) {
        byte[] bytes = OrdersProto.message(type, message).toByteArray();
        byte[] frame = ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        RecordedRequest request = new RecordedRequest(
                "HTTP/2",
                "POST",
                "http",
                "orders.shop:8080",
                "/shop.Orders/" + method,
                List.of(
                        new Field("content-type", "application/grpc"),
                        new Field("te", "trailers"),
                        new Field("grpc-accept-encoding", "gzip"),
                        new Field("grpc-timeout", "10S"),
                        new Field("user-agent", "grpc-java-netty/1.79.0")),
                RecordedBody.whole(frame),
                List.of());
        return new RecordedExchange(
                "id-" + i,
                "",
                "client-" + i % 3,
                THEN.plusMillis(i),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                RecordedDecision.NONE,
                request,
                null,
                "",
                List.of());
    }
}
