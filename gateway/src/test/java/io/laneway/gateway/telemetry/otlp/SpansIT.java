package io.laneway.gateway.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans of requests over HTTP/1.1, as a receiver gets them, and the headers by which endpoints are part of them. */
class SpansIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String UNAVAILABLE = "HTTP/1.1 503 No\nContent-Length: 2\n\nno";

    @TempDir
    Path dir;

    private final OtlpReceiver receiver = OtlpReceiver.http();
    private final Upstream plain = Upstream.saying("fine");
    private final Upstream other = Upstream.saying("mirror");
    private final Upstream bad = Upstream.responding(request -> UNAVAILABLE);
    private final Upstream sockets = WebSocket.echoing();
    private final DeadPort dead = DeadPort.hold();
    private TracedGateway gateway;

    @BeforeEach
    void start() {
        gateway = gateway("{otlp: \"" + receiver.url() + "\"}");
    }

    private TracedGateway gateway(String tracing) {
        return new TracedGateway(
                dir, table(), tracing, Map.of("OTEL_EXPORTER_OTLP_HEADERS", "api-key=k", "OTEL_SERVICE_NAME", "edge"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
        plain.close();
        other.close();
        bad.close();
        sockets.close();
        dead.close();
    }

    private String table() {
        return """
            revision: 7
            lanes: [{name: f-1}, {name: s, mode: strict}, {name: m}]
            services:
              - name: a
                hosts: [a.test]
                deployments:
                  - {lane: master, endpoints: ["127.0.0.1:%1$d"]}
                  - {lane: f-1, endpoints: ["127.0.0.1:%1$d"]}
              - name: b
                hosts: [b.test]
                policy: {retries: {max: 2, "on": [connect-failure, "503"], budget: 100%%}}
                deployments: [{lane: master, endpoints: ["127.0.0.1:%2$d"]}]
              - name: mirrored
                hosts: [mirrored.test]
                policy: {mirror: {lane: m, share: 100%%}}
                deployments:
                  - {lane: master, endpoints: ["127.0.0.1:%1$d"]}
                  - {lane: m, endpoints: ["127.0.0.1:%3$d"]}
              - name: w
                hosts: [a.socket]
                deployments: [{lane: master, endpoints: ["127.0.0.1:%4$d"]}]
              - name: dead
                hosts: [dead.test]
                policy: {retries: {max: 0}}
                deployments: [{lane: master, endpoints: ["127.0.0.1:%5$d"]}]
            routes:
              - {hosts: [r.test], path: /api/a, service: a, stripPrefix: true}
            """.formatted(plain.port(), bad.port(), other.port(), sockets.port(), dead.number());
    }

    private String sentTo(Upstream upstream, String name) {
        return upstream.requests().get(upstream.requests().size() - 1).header(name);
    }

    @Test
    void aRequestHasOneSpanAndEachAttemptHasOne() {
        gateway.get(
                "r.test:81",
                "/api/a/x?q=1&token=abc",
                "trace-branch: f-1\nUser-Agent: test/1\ntraceparent: 00-" + TRACE + "-" + PARENT + "-01\n");

        List<Span> spans = receiver.await(2);
        Span server = Spans.server(spans);
        Span client = Spans.clients(spans).get(0);
        assertThat(server.getName()).isEqualTo("GET /api/a");
        assertThat(Spans.hex(server.getTraceId())).isEqualTo(TRACE);
        assertThat(Spans.hex(server.getParentSpanId())).isEqualTo(PARENT);
        assertThat(Spans.attributes(server))
                .containsOnly(
                        entry("http.request.method", "GET"),
                        entry("http.route", "/api/a"),
                        entry("http.response.status_code", 200L),
                        entry("url.scheme", "http"),
                        entry("url.path", "/api/a/x"),
                        entry("url.query", "q=1&token=REDACTED"),
                        entry("server.address", "r.test"),
                        entry("server.port", 81L),
                        entry("client.address", "127.0.0.1"),
                        entry("network.peer.address", "127.0.0.1"),
                        entry("network.peer.port", Spans.attributes(server).get("network.peer.port")),
                        entry("network.protocol.version", "1.1"),
                        entry("user_agent.original", "test/1"),
                        entry("laneway.service", "a"),
                        entry("laneway.lane.requested", "f-1"),
                        entry("laneway.lane.served", "f-1"),
                        entry("laneway.decision", "lane"),
                        entry("laneway.revision", 7L));
        assertThat(client.getName()).isEqualTo("GET");
        assertThat(client.getTraceId()).isEqualTo(server.getTraceId());
        assertThat(client.getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(Spans.attributes(client))
                .containsOnly(
                        entry("http.request.method", "GET"),
                        entry("http.response.status_code", 200L),
                        entry("url.full", "http://127.0.0.1:" + plain.port() + "/x?q=1&token=REDACTED"),
                        entry("server.address", "127.0.0.1"),
                        entry("server.port", (long) plain.port()),
                        entry("network.peer.address", "127.0.0.1"),
                        entry("network.peer.port", (long) plain.port()),
                        entry("network.protocol.version", "1.1"),
                        entry("laneway.service", "a"),
                        entry("laneway.lane.requested", "f-1"),
                        entry("laneway.lane.served", "f-1"),
                        entry("laneway.decision", "lane"),
                        entry("laneway.revision", 7L));
        assertThat(sentTo(plain, "traceparent")).isEqualTo(Spans.traceParent(client));
        assertThat(List.of(
                        server.getStartTimeUnixNano(),
                        client.getStartTimeUnixNano(),
                        client.getEndTimeUnixNano(),
                        server.getEndTimeUnixNano()))
                .isSorted();
        assertThat(Math.abs(System.currentTimeMillis() - server.getEndTimeUnixNano() / 1_000_000))
                .isLessThan(60_000);
    }

    @Test
    void theReceiverLearnsWhoTheGatewayIs() {
        gateway.get("a.test", "/", "");
        receiver.await(2);
        assertThat(Spans.attributes(receiver.resources().get(0).getResource().getAttributesList()))
                .contains(
                        entry("service.name", "edge"),
                        entry("service.instance.id", "gw-1"),
                        entry("service.version", "0.1"));
        assertThat(receiver.headers()).contains("application/x-protobuf k");
        assertThat(gateway.admin("/config_dump", "")).contains("\"exportHeaders\":{\"api-key\":\"[redacted]\"}");
        await().untilAsserted(() ->
                assertThat(gateway.metric("laneway_spans_exported_total")).isEqualTo(2));
        assertThat(gateway.metric("laneway_tap_dropped_total{listener=\"spans\"}"))
                .isZero();
    }

    @Test
    void aRequestWithoutATraceOrWithAMalformedOneBeginsOne() {
        gateway.get("a.test", "/", "");
        Span first = Spans.server(receiver.await(2));
        assertThat(first.getName()).isEqualTo("GET");
        assertThat(first.getParentSpanId().isEmpty()).isTrue();
        receiver.clear();
        gateway.get("a.test", "/", "traceparent: 00-" + TRACE + "-" + PARENT + "-0g\ntracestate: a=1\n");
        List<Span> spans = receiver.await(2);
        assertThat(Spans.server(spans).getParentSpanId().isEmpty()).isTrue();
        assertThat(Spans.hex(Spans.server(spans).getTraceId())).isNotEqualTo(TRACE);
        assertThat(sentTo(plain, "traceparent"))
                .isEqualTo(Spans.traceParent(Spans.clients(spans).get(0)));
        assertThat(sentTo(plain, "tracestate")).isNull();
    }

    @Test
    void theStateOfATraceGoesOn() {
        gateway.get(
                "a.test",
                "/",
                "traceparent: 00-" + TRACE + "-" + PARENT + "-01\ntracestate: a=1,b@c=2\ntracestate: d=3\n");
        assertThat(Spans.server(receiver.await(2)).getTraceState()).isEqualTo("a=1,b@c=2,d=3");
        assertThat(plain.requests().get(0).head())
                .contains("tracestate: a=1,b@c=2\n")
                .contains("tracestate: d=3\n");
    }

    @Test
    void retriesAreSiblings() {
        gateway.get("b.test", "/r", "");
        List<Span> spans = receiver.await(4);
        Span server = Spans.server(spans);
        List<Span> clients = Spans.clients(spans);
        assertThat(clients).hasSize(3).allMatch(span -> span.getParentSpanId().equals(server.getSpanId()));
        assertThat(clients.stream().map(span -> Spans.attributes(span).get("http.request.resend_count")))
                .containsExactly(null, 1L, 2L);
        assertThat(clients.stream().map(span -> Spans.attributes(span).get("error.type")))
                .containsOnly("503");
        assertThat(bad.requests().stream().map(request -> request.header("traceparent")))
                .containsExactlyElementsOf(
                        clients.stream().map(Spans::traceParent).toList());
        assertThat(server.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(Spans.attributes(server)).contains(entry("error.type", "503"));
    }

    @Test
    void anAttemptThatReachesNothingSaysWhy() {
        gateway.get("dead.test", "/", "");
        List<Span> spans = receiver.await(2);
        Span client = Spans.clients(spans).get(0);
        assertThat(client.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(Spans.attributes(client))
                .contains(entry("error.type", "UF"), entry("server.port", (long) dead.number()))
                .doesNotContainKeys("http.response.status_code", "network.peer.address");
        assertThat(Spans.attributes(Spans.server(spans)))
                .contains(entry("error.type", "503"), entry("http.response.status_code", 503L));
    }

    @Test
    void whatTheGatewayRespondsItselfHasNoAttempt() {
        gateway.get("none.test", "/", "");
        Span server = receiver.await(1).get(0);
        assertThat(Spans.attributes(server))
                .contains(entry("http.response.status_code", 404L), entry("laneway.decision", "no_route"))
                .doesNotContainKeys("error.type", "laneway.service");
        assertThat(server.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        try (RawClient client = RawClient.to(gateway.edge())) {
            client.send("BREW / HTTP/1.1\nHost: none.test\n\n").response();
        }
        Span odd = receiver.await(2).get(1);
        assertThat(odd.getName()).isEqualTo("HTTP");
        assertThat(Spans.attributes(odd))
                .contains(entry("http.request.method", "_OTHER"), entry("http.request.method_original", "BREW"));
    }

    @Test
    void aCopyIsLinkedWithTheRequestAndHasATraceOfItsOwn() {
        gateway.get("mirrored.test", "/", "traceparent: 00-" + TRACE + "-" + PARENT + "-01\n");
        List<Span> spans = receiver.await(3);
        Span server = Spans.server(spans);
        Span copy = spans.stream()
                .filter(span -> span.getLinksCount() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(copy.getLinks(0).getTraceId()).isEqualTo(server.getTraceId());
        assertThat(copy.getLinks(0).getSpanId()).isEqualTo(server.getSpanId());
        assertThat(copy.getTraceId()).isNotEqualTo(server.getTraceId());
        assertThat(copy.getParentSpanId().isEmpty()).isTrue();
        assertThat(Spans.isClient(copy)).isTrue();
        assertThat(Spans.attributes(copy))
                .contains(entry("laneway.lane.served", "m"), entry("laneway.service", "mirrored"));
        assertThat(sentTo(other, "traceparent")).isEqualTo(Spans.traceParent(copy));
        assertThat(sentTo(plain, "traceparent")).startsWith("00-" + TRACE);
    }

    @Test
    void aWebSocketIsOneSpanToItsEnd() throws Exception {
        try (WebSocket socket = WebSocket.overHttp1(RawClient.to(gateway.edge()), "", "a.socket")) {
            socket.text("one");
            assertThat(socket.read().text()).isEqualTo("one");
            gateway.get("a.test", "/", "");
            assertThat(receiver.await(2)).hasSize(2);
            socket.close(1000, "");
            socket.read();
        }
        List<Span> spans = receiver.await(4);
        Span server = spans.stream()
                .filter(span -> Spans.isServer(span)
                        && "w".equals(Spans.attributes(span).get("laneway.service")))
                .findFirst()
                .orElseThrow();
        assertThat(Spans.attributes(server)).contains(entry("http.response.status_code", 101L));
        assertThat(server.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        assertThat(spans)
                .filteredOn(span -> span.getParentSpanId().equals(server.getSpanId()))
                .hasSize(1);
    }

    @Test
    void b3IsReadAndWrittenWhereItIsAskedFor() {
        gateway.close();
        gateway = gateway("{otlp: \"" + receiver.url() + "\", propagators: [b3, tracecontext]}");
        gateway.get("a.test", "/", "X-B3-TraceId: " + TRACE + "\nX-B3-SpanId: " + PARENT + "\nX-B3-Sampled: 1\n");
        List<Span> spans = receiver.await(2);
        String client = Spans.hex(Spans.clients(spans).get(0).getSpanId());
        assertThat(Spans.hex(Spans.server(spans).getParentSpanId())).isEqualTo(PARENT);
        assertThat(sentTo(plain, "b3")).isEqualTo(TRACE + "-" + client + "-1");
        assertThat(sentTo(plain, "x-b3-spanid")).isEqualTo(client);
        assertThat(sentTo(plain, "traceparent")).isEqualTo("00-" + TRACE + "-" + client + "-01");
    }

    @Test
    void whatIsNotSampledGoesOnAsNotSampled() {
        gateway.close();
        gateway = gateway("{otlp: \"" + receiver.url() + "\", sampler: {ratio: 0%, reasons: [fallback_absent]}}");
        gateway.get("a.test", "/", "");
        assertThat(sentTo(plain, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]");
        String unsampled = "00-" + TRACE + "-" + PARENT + "-00";
        gateway.get("a.test", "/", "traceparent: " + unsampled + "\n");
        assertThat(sentTo(plain, "traceparent")).isEqualTo(unsampled);
        gateway.get("mirrored.test", "/kept", "trace-branch: f-1\ntraceparent: " + unsampled + "\n");
        List<Span> kept = receiver.await(3);
        assertThat(kept.stream().map(span -> Spans.attributes(span).get("laneway.decision")))
                .contains("fallback_absent");
        assertThat(sentTo(plain, "traceparent"))
                .isEqualTo(Spans.traceParent(Spans.clients(kept).stream()
                        .filter(span -> span.getLinksCount() == 0)
                        .findFirst()
                        .orElseThrow()));
        gateway.get("a.test", "/", "traceparent: 00-" + TRACE + "-" + PARENT + "-01\n");
        receiver.await(
                1,
                span -> Spans.hex(span.getParentSpanId()).equals(PARENT)
                        && Spans.hex(span.getTraceId()).equals(TRACE)
                        && "a".equals(Spans.attributes(span).get("laneway.service")));
    }

    @Test
    void aParentThatIsNotObeyedDoesNotDecide() {
        gateway.close();
        gateway =
                gateway("{otlp: \"" + receiver.url() + "\", sampler: {ratio: 0%, parent: false, reasons: [no_route]}}");
        gateway.get("a.test", "/", "traceparent: 00-" + TRACE + "-" + PARENT + "-01\n");
        assertThat(sentTo(plain, "traceparent"))
                .startsWith("00-" + TRACE)
                .endsWith("-00")
                .doesNotContain(PARENT);
        gateway.get("none.test", "/", "");
        assertThat(receiver.await(1)).hasSize(1);
    }

    @Test
    void aRequestIsFoundByTheTraceThatBeganHere() {
        gateway.get("a.test", "/found", "");
        String trace = Spans.hex(Spans.server(receiver.await(2)).getTraceId());
        assertThat(gateway.admin("/explain?trace=" + trace, "")).contains("\"/found\"", trace);
    }

    @Test
    void withoutTracingARequestsHeadersPassAsTheyCame() {
        gateway.close();
        gateway = gateway("off");
        String parent = "00-" + TRACE + "-" + PARENT + "-01";
        gateway.get("a.test", "/", "traceparent: " + parent + "\ntracestate: a=1\nb3: 0\n");
        assertThat(sentTo(plain, "traceparent")).isEqualTo(parent);
        assertThat(sentTo(plain, "tracestate")).isEqualTo("a=1");
        assertThat(sentTo(plain, "b3")).isEqualTo("0");
        gateway.get("a.test", "/", "");
        assertThat(sentTo(plain, "traceparent")).isNull();
    }
}
