package io.laneway.benchmarks;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.upstream.cluster.LoopCluster;
import io.laneway.gateway.upstream.pool.EndpointPool;
import java.util.List;
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

/** What the loop spends to pick one of several endpoints. Confined to one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class PickBenchmark {

    @Param({"1", "2", "12"})
    public int endpoints;

    /** The gateway's zone: none, or one of three. */
    @Param({"", "a"})
    public String zone = "";

    private final OneDeployment deployment = new OneDeployment();
    private final RequestHead head = new RequestHead();
    private @Nullable LoopCluster cluster;

    @Setup
    public void prepare() {
        cluster = deployment.cluster(endpoints, zone);
    }

    @TearDown
    public void close() {
        deployment.close();
    }

    @Benchmark
    public @Nullable EndpointPool pick() {
        LoopCluster from = cluster;
        return from == null ? null : from.pick(head, List.of(), 0, null);
    }
}
