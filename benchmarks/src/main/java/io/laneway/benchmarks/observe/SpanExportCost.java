package io.laneway.benchmarks.observe;

import com.sun.net.httpserver.HttpServer;
import io.laneway.benchmarks.OneDeployment;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.OtlpConfig;
import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.telemetry.otlp.SpanExport;
import io.laneway.gateway.telemetry.otlp.SpanExports;
import io.laneway.gateway.telemetry.tracing.Tracing;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.text.HeaderName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what the exporter's threads spend on one sampled request with its two spans, over OTLP by HTTP to a receiver in this
 * process: {@code SpanExportCost [requests a second] [seconds]}; the second half is measured.
 */
public final class SpanExportCost {

    private static final byte[] START =
            "GET /api/order/4711?details=true HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final HeaderName HOST = HeaderName.of("host");
    private static final HeaderName USER_AGENT = HeaderName.of("user-agent");
    private static final int KEEP = 1 << 16;
    private static final int ROUNDS_A_SECOND = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final RequestHead head = new RequestHead();
    private final FollowedRequest request = new FollowedRequest(head);
    private final OpenStream stream = new OpenStream();
    private final EndpointPool pool;
    private final ExchangeTrace trace;

    private SpanExportCost(OneDeployment deployment, Tracing tracing) {
        EndpointPool picked = deployment.cluster(1, "").pick(head, List.of(), 0, null);
        if (picked == null) {
            throw new IllegalStateException("no endpoint");
        }
        pool = picked;
        trace = tracing.loop(deployment.loop()).follow(request);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        HttpServer receiver = receiver();
        TracingConfig config = config(receiver.getAddress().getPort());
        Tracing tracing = new Tracing(config, 1);
        try (OneDeployment deployment = new OneDeployment();
                SpanExport export =
                        SpanExports.start(tracing, config, "gw-1", "1", Clock.systemUTC(), System::nanoTime)) {
            SpanExportCost cost = new SpanExportCost(deployment, tracing);
            cost.run(rate, seconds / 2);
            long before = exporters();
            int measured = cost.run(rate, seconds - seconds / 2);
            System.out.printf(
                    "%.2f us CPU a sampled request; %d spans exported, %d dropped%n",
                    (exporters() - before) / 1e3 / measured, export.exported(), export.dropped());
        } finally {
            receiver.stop(0);
        }
    }

    private static HttpServer receiver() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            call.getResponseHeaders().add("content-type", "application/x-protobuf");
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        receiver.start();
        return receiver;
    }

    private static TracingConfig config(int port) {
        OtlpConfig otlp = new OtlpConfig(
                URI.create("http://127.0.0.1:" + port + "/v1/traces"),
                OtlpConfig.Protocol.HTTP,
                Map.of(),
                10_000,
                false,
                null,
                null,
                null);
        return new TracingConfig(
                otlp,
                new TracingConfig.Sampler(1, true, Set.of()),
                List.of(TracingConfig.Propagation.TRACECONTEXT),
                TracingConfig.Batch.DEFAULT,
                Map.of());
    }

    private int run(int rate, int seconds) {
        int rounds = seconds * ROUNDS_A_SECOND;
        int each = rate / ROUNDS_A_SECOND;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < each; i++) {
                exchange();
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / ROUNDS_A_SECOND);
        }
        return rounds * each;
    }

    private void exchange() {
        head.clear(KEEP);
        HeaderLines lines = head.lines();
        lines.append(START, 0, START.length);
        lines.add(HOST, "order.example.com");
        lines.add(USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
        request.facts().clear(head);
        request.facts().status = 200;
        request.facts().responded = 1;
        trace.begin();
        trace.attempt(pool);
        trace.sending(stream);
        trace.finished();
    }

    /** CPU time of the exporter and of what it uses, in nanoseconds. */
    private static long exporters() {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && isExporters(thread.getThreadName())) {
                sum += THREADS.getThreadCpuTime(id);
            }
        }
        return sum;
    }

    private static boolean isExporters(String name) {
        return name.equals("laneway-spans") || name.startsWith("jdkhttp") || name.startsWith("HttpClient");
    }
}
