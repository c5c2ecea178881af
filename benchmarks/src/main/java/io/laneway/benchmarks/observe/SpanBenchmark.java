package io.laneway.benchmarks.observe;

import io.laneway.benchmarks.OneDeployment;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.config.OtlpConfig;
import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.telemetry.tracing.Tracing;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the loop spends to follow one request for its spans, its head made and written included: subtract {@code off}.
 * Run with {@code -prof gc} for what it allocates. Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class SpanBenchmark {

    private static final byte[] START = bytes("GET /api/order/4711?details=true HTTP/1.1\r\n");
    private static final byte[] AGENT = bytes("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
    private static final byte[] PARENT = bytes("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
    private static final HeaderName HOST = HeaderName.of("host");
    private static final HeaderName USER_AGENT = HeaderName.of("user-agent");
    private static final HeaderName TRACE_PARENT = HeaderName.of("traceparent");
    private static final int KEEP = 1 << 16;

    /** Nothing is followed; spans of none; spans of one in a hundred. */
    @Param({"off", "0", "0.01"})
    public String ratio = "off";

    /** Whether the client is in a trace, which it does not sample. */
    @Param({"false", "true"})
    public boolean client;

    private final OneDeployment deployment = new OneDeployment();
    private final RequestHead head = new RequestHead();
    private final FollowedRequest followed = new FollowedRequest(head);
    private final Slice slice = new Slice();
    private final UpstreamStream stream = new OpenStream();
    private final ByteBuf out = Unpooled.directBuffer(8192);
    private @Nullable EndpointPool pool;
    private @Nullable Tracing tracing;
    private @Nullable ExchangeTrace trace;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Setup
    public void prepare() {
        pool = deployment.cluster(1, "").pick(head, List.of(), 0, null);
        if (!ratio.equals("off")) {
            Tracing made = new Tracing(config(Double.parseDouble(ratio)), 1);
            tracing = made;
            trace = made.loop(deployment.loop()).follow(followed);
        }
    }

    private static TracingConfig config(double ratio) {
        OtlpConfig otlp = new OtlpConfig(
                URI.create("http://127.0.0.1:4318"),
                OtlpConfig.Protocol.HTTP,
                Map.of(),
                10_000,
                false,
                null,
                null,
                null);
        return new TracingConfig(
                otlp,
                new TracingConfig.Sampler(ratio, true, Set.of()),
                List.of(TracingConfig.Propagation.TRACECONTEXT),
                TracingConfig.Batch.DEFAULT,
                Map.of());
    }

    @TearDown
    public void close() {
        deployment.close();
        out.release();
    }

    @Benchmark
    public ByteBuf exchange() {
        EndpointPool to = pool;
        ExchangeTrace follower = trace;
        begin();
        if (follower != null && to != null) {
            follower.begin();
            follower.attempt(to);
            follower.sending(stream);
        }
        out.clear();
        head.lines().writeWithStart(out);
        if (follower != null) {
            follower.finished();
            follower.traceParent(slice);
            drain();
        }
        return out;
    }

    private void begin() {
        head.clear(KEEP);
        HeaderLines lines = head.lines();
        lines.append(START, 0, START.length);
        lines.add(HOST, "order.example.com");
        lines.add(USER_AGENT, AGENT, 0, AGENT.length);
        if (client) {
            lines.add(TRACE_PARENT, PARENT, 0, PARENT.length);
        }
        followed.facts().clear(head);
    }

    private void drain() {
        Tracing made = tracing;
        if (made != null) {
            made.poll();
        }
    }
}
