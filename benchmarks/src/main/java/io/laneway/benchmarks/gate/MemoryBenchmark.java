package io.laneway.benchmarks.gate;

import io.laneway.benchmarks.Tables;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.traffic.memory.LaneMemory;
import io.laneway.gateway.traffic.memory.LoopMemory;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a sidecar spends on an outbound request without a lane whose trace it knows: reading its ids and finding the lane; and
 * on an inbound one: reading and entering. Run with {@code -prof gc}. Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class MemoryBenchmark {

    private static final int IDS = 50_000;
    private static final String CONFIG = """
        listeners:
          - {name: in, address: "127.0.0.1:1", trust: internal, service: service-0}
          - {name: out, address: "127.0.0.1:2", trust: internal}
        admin: {address: "127.0.0.1:3"}
        table: {file: lanes.yaml}
        """;

    /** How many different requests take turns; 1 keeps all in the first-level cache. */
    @Param({"1", "512"})
    public int requests;

    private final Slice lane = new Slice();
    private final Decider decider = new Decider();
    private final Decision<PublishedState, Void> decision = new Decision<>();
    private RequestHead[] unmarked = {};
    private RequestHead[] stamped = {};
    private @Nullable LoopMemory in;
    private @Nullable LoopMemory out;
    private int next;

    @Setup
    public void prepare() {
        GatewayConfig config = ConfigReader.read(
                        CONFIG.getBytes(StandardCharsets.UTF_8), Path.of("laneway.yaml"), Map.of())
                .orThrow();
        LaneMemory memory = LaneMemory.of(config.listeners(), new SplittableRandom(7));
        LoopMemory inbound =
                Objects.requireNonNull(LoopMemory.of(memory, config.listeners().get(0)));
        CompiledTable<PublishedState, Void> table = TableCompiler.published(Tables.of(1, 1, 2));
        for (int i = 0; i < IDS; i++) {
            RequestHead head = head(i, "feature-0");
            decider.decide(table, config.listeners().get(0).traits(), head, decision);
            inbound.begin(false, 1);
            inbound.decided(head, decision);
        }
        unmarked = new RequestHead[requests];
        stamped = new RequestHead[requests];
        for (int i = 0; i < requests; i++) {
            unmarked[i] = head(i * 40, null);
            stamped[i] = head(i * 40, "feature-0");
        }
        in = inbound;
        out = LoopMemory.of(memory, config.listeners().get(1));
        if (!recall()) {
            throw new IllegalStateException("the lane is not found");
        }
    }

    private static RequestHead head(int id, @Nullable String lane) {
        RequestHead head = new RequestHead();
        head.clear(Integer.MAX_VALUE);
        head.start("GET", "/api/orders/17", "service-0.example.com");
        head.lines().add(HeaderName.of("user-agent"), "some client 1.0");
        head.lines().add(HeaderName.of("accept"), "application/json");
        head.lines()
                .add(HeaderName.of("traceparent"), String.format(Locale.ROOT, "00-%032x-00f067aa0ba902b7-01", id + 1));
        if (lane != null) {
            head.lines().add(HeaderName.of("trace-branch"), lane);
        }
        return head;
    }

    @Benchmark
    public boolean recall() {
        next = next + 1 == unmarked.length ? 0 : next + 1;
        LoopMemory memory = out;
        if (memory == null) {
            return false;
        }
        memory.begin(false, 2);
        return memory.recall(unmarked[next], lane);
    }

    @Benchmark
    public void remember() {
        next = next + 1 == stamped.length ? 0 : next + 1;
        LoopMemory memory = in;
        if (memory != null) {
            memory.begin(false, 2);
            memory.decided(stamped[next], decision);
        }
    }
}
