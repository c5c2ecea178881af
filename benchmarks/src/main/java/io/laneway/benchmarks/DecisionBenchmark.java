package io.laneway.benchmarks;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.decision.Reason;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.text.HeaderName;
import java.util.concurrent.TimeUnit;
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
 * What one decision costs: a request as the gateway holds it, with a host and a lane header, on tables of both sizes.
 * Confined to one thread. With the collector of the launcher's {@code gateway} profile, as storing a reference costs more
 * with others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseParallelGC", "-Xms1g", "-Xmx1g"})
public class DecisionBenchmark {

    /** How many different requests take turns; 1 keeps all in the first-level cache. */
    @Param({"1", "256"})
    public int requests;

    /** {@code small} has one service and one lane, {@code big} 800 services, 6 000 lanes and 30 000 deployments. */
    @Param({"small", "big"})
    public String table = "small";

    private final Decider decider = new Decider();
    private final Decision<PublishedState, Void> decision = new Decision<>();
    private RequestHead[] heads = {};
    private CompiledTable<PublishedState, Void> compiled = TableCompiler.published(Tables.of(1, 1, 2));
    private int next;

    @Setup
    public void prepare() {
        boolean big = table.equals("big");
        int services = big ? 800 : 1;
        int lanes = big ? 6_000 : 1;
        compiled = TableCompiler.published(Tables.of(services, lanes, big ? 30_000 : 2));
        heads = new RequestHead[requests];
        for (int i = 0; i < requests; i++) {
            int service = i * 37 % services;
            heads[i] = head(service, "feature-" + service * 7 % lanes, i);
        }
        // A table that has served for a while lies compacted, without what compiling it left between its parts.
        System.gc();
    }

    private static RequestHead head(int service, String lane, int id) {
        RequestHead head = new RequestHead();
        head.clear(Integer.MAX_VALUE);
        head.start("GET", "/api/order?id=" + id, "service-" + service + ".example.com");
        head.lines().add(HeaderName.of("user-agent"), "curl/8.5.0");
        head.lines().add(HeaderName.of("accept"), "*/*");
        head.lines().add(HeaderName.of("trace-branch"), lane);
        return head;
    }

    @Benchmark
    public Reason decide() {
        next = next + 1 == heads.length ? 0 : next + 1;
        decider.decide(compiled, ListenerTraits.EXTERNAL, heads[next], decision);
        return decision.reason();
    }
}
