package io.laneway.gateway.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans over gateways and applications, and over HTTP/2 and gRPC on either side. */
class ChainedSpansIT {

    private static final String OF_THE_APPLICATION = "00f067aa0ba902b7";

    @TempDir
    Path dir;

    private final AtomicReference<TracedGateway> started = new AtomicReference<>();
    private final OtlpReceiver receiver = OtlpReceiver.http();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final Upstream b = Upstream.saying("b");
    private final Upstream a = Upstream.responding(this::askB);
    private final FrameUpstream calls = FrameUpstream.scripted(this::respondToCalls);
    private TracedGateway gateway;

    @BeforeEach
    void start() {
        String table = """
            lanes: [{name: f-1}]
            services:
              - name: a
                hosts: [a.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: b
                hosts: [b.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: g
                hosts: [g.test]
                deployments: [{lane: master, protocol: h2c, endpoints: ["127.0.0.1:%d"]}]
            """.formatted(a.port(), b.port(), calls.port());
        gateway = new TracedGateway(dir, table, "{otlp: \"" + receiver.url() + "\"}", Map.of());
        started.set(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
        a.close();
        b.close();
        calls.close();
    }

    /** As an application that is traced itself: what it asks has its own span as parent. */
    private String askB(Upstream.Request request) {
        TracedGateway through = started.get();
        String parent = request.header("traceparent");
        boolean drops = request.startLine().contains("/drops");
        String own = parent.substring(0, 36) + OF_THE_APPLICATION + parent.substring(52);
        RawClient.Response response = through.get(
                through.inside(),
                "b.test",
                "/second",
                "traceparent: " + own + "\n" + (drops ? "" : "baggage: " + request.header("baggage") + "\n"));
        return "HTTP/1.1 200 OK\nContent-Length: 1\n\n" + response.body();
    }

    private void respondToCalls(FrameSocket connection, int number) {
        for (FrameSocket.Frame frame = connection.read(); frame != null; frame = connection.read()) {
            if (frame.type() == FrameSocket.HEADERS) {
                heads.add(connection.fields(frame));
            }
            if (frame.endsStream()) {
                connection.headers(frame.stream(), false, ":status: 200\ncontent-type: application/grpc\n");
                connection.headers(frame.stream(), true, "grpc-status: 14\n");
            }
        }
    }

    private static Span of(List<Span> spans, boolean server, String service) {
        return spans.stream()
                .filter(span -> Spans.isServer(span) == server
                        && service.equals(Spans.attributes(span).get("laneway.service")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aChainOverTwoGatewaysAndTwoApplicationsIsOneTrace() {
        assertThat(gateway.get("a.test", "/first", "trace-branch: f-1\n").body())
                .isEqualTo("b");
        List<Span> spans = receiver.await(4);
        assertThat(spans).extracting(Span::getTraceId).containsOnly(spans.get(0).getTraceId());
        Span firstServer = of(spans, true, "a");
        Span firstClient = of(spans, false, "a");
        Span secondServer = of(spans, true, "b");
        Span secondClient = of(spans, false, "b");
        assertThat(firstServer.getParentSpanId().isEmpty()).isTrue();
        assertThat(firstClient.getParentSpanId()).isEqualTo(firstServer.getSpanId());
        assertThat(a.requests().get(0).header("traceparent")).isEqualTo(Spans.traceParent(firstClient));
        assertThat(Spans.hex(secondServer.getParentSpanId())).isEqualTo(OF_THE_APPLICATION);
        assertThat(secondClient.getParentSpanId()).isEqualTo(secondServer.getSpanId());
        assertThat(b.requests().get(0).header("traceparent")).isEqualTo(Spans.traceParent(secondClient));
        assertThat(Spans.attributes(secondServer))
                .contains(entry("laneway.lane.requested", "f-1"), entry("laneway.decision", "fallback_absent"));
    }

    /** What goes by ids of traces knows one that the gateway began: here the memory of lanes. */
    @Test
    void aLaneThatAnApplicationDropsIsFoundByATraceThatBeganHere() {
        gateway.get(gateway.inside(), "a.test", "/drops", "trace-branch: f-1\n");
        Span second = of(receiver.await(4), true, "b");
        assertThat(Spans.attributes(second)).contains(entry("laneway.lane.requested", "f-1"));
    }

    @Test
    void aRequestOverHttp2HasTheSameSpansAsOneOverHttp1() {
        try (FrameSocket client = FrameSocket.client(gateway.edge())) {
            client.headers(1, true, ":method: GET\n:scheme: http\n:path: /two\n:authority: b.test\n");
            assertThat(client.response(1).status()).isEqualTo(200);
        }
        List<Span> spans = receiver.await(2);
        assertThat(Spans.attributes(Spans.server(spans)))
                .contains(entry("network.protocol.version", "2"), entry("url.path", "/two"));
        Span client = Spans.clients(spans).get(0);
        assertThat(Spans.attributes(client)).contains(entry("network.protocol.version", "1.1"));
        assertThat(b.requests().get(0).header("traceparent")).isEqualTo(Spans.traceParent(client));
    }

    @Test
    void aCallOfGrpcHasItsMethodAndStatus() {
        try (FrameSocket client = FrameSocket.client(gateway.edge())) {
            client.headers(1, true, """
                            :method: POST
                            :scheme: http
                            :path: /shop.Orders/Place
                            :authority: g.test
                            content-type: application/grpc
                            te: trailers
                            """);
            assertThat(client.response(1).status()).isEqualTo(200);
        }
        List<Span> spans = receiver.await(2);
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.getName()).isEqualTo("shop.Orders/Place");
            assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(Spans.attributes(span))
                    .contains(
                            entry("rpc.system.name", "grpc"),
                            entry("rpc.method", "shop.Orders/Place"),
                            entry("rpc.status_code", "UNAVAILABLE"),
                            entry("error.type", "UNAVAILABLE"),
                            entry("http.request.method", "POST"),
                            entry("network.protocol.version", "2"));
        });
        assertThat(heads.peek())
                .contains(
                        "traceparent: " + Spans.traceParent(Spans.clients(spans).get(0)));
    }

    @Test
    void aRequestToAHostThatNoTableKnowsHasSpansAndKeepsItsHeaders() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        gateway.get(gateway.inside(), "127.0.0.1:" + b.port(), "/elsewhere", "traceparent: " + parent + "\n");
        List<Span> spans = receiver.await(2);
        Span client = Spans.clients(spans).get(0);
        assertThat(Spans.attributes(Spans.server(spans))).contains(entry("laneway.service", "__passthrough__"));
        assertThat(client.getParentSpanId()).isEqualTo(Spans.server(spans).getSpanId());
        assertThat(Spans.attributes(client)).contains(entry("server.port", (long) b.port()));
        assertThat(b.requests().get(0).header("traceparent")).isEqualTo(parent);
    }

    @Test
    void aRequestOverHttp1GoesOnOverHttp2() {
        gateway.get("g.test", "/three", "traceparent: malformed\ntracestate: a=1\n");
        Span client = Spans.clients(receiver.await(2)).get(0);
        assertThat(Spans.attributes(client)).contains(entry("network.protocol.version", "2"));
        assertThat(heads.peek())
                .contains("traceparent: " + Spans.traceParent(client))
                .doesNotContain("malformed", "tracestate");
    }
}
