package io.laneway.benchmarks;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.upstream.cluster.LoopCluster;
import io.laneway.gateway.upstream.cluster.SessionCookie;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Policy;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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

    private static final byte[] SEAT = "seat".getBytes(StandardCharsets.US_ASCII);
    private static final HeaderName COOKIE = HeaderName.of("cookie");

    @Param({"1", "2", "12"})
    public int endpoints;

    /** The gateway's zone: none, or one of three. */
    @Param({"", "a"})
    public String zone = "";

    private final OneDeployment deployment = new OneDeployment();
    private final RequestHead head = new RequestHead();
    private final SessionCookie session = new SessionCookie();
    private @Nullable LoopCluster cluster;
    private @Nullable LoopCluster sticky;

    @Setup
    public void prepare() {
        cluster = deployment.cluster(endpoints, zone);
        LoopCluster keeps = deployment.cluster(endpoints, zone, policy("{sticky: {cookie: seat}}"));
        sticky = keeps;
        session.read(head.lines(), SEAT);
        keeps.pick(head, List.of(), 0, session);
        HeaderLines lines = head.lines();
        head.clear(Integer.MAX_VALUE);
        head.start("GET", "/", "a.test");
        int start = lines.begin(COOKIE);
        lines.text("theme=dark; seat=");
        session.write(lines);
        lines.finish(start, COOKIE.bytes().length);
        pickKept();
        if (session.changes()) {
            throw new IllegalStateException("the session is not kept");
        }
    }

    private static Policy policy(String yaml) {
        Problems problems = Problems.strict();
        Node node = Documents.parse(yaml.getBytes(StandardCharsets.UTF_8), "policy.yaml", problems);
        return Objects.requireNonNull(TableReader.policy(Objects.requireNonNull(node), problems));
    }

    @TearDown
    public void close() {
        deployment.close();
    }

    /** A client that comes again: its cookie is read, and its endpoint found. */
    @Benchmark
    public @Nullable EndpointPool pickKept() {
        LoopCluster from = sticky;
        if (from == null) {
            return null;
        }
        session.read(head.lines(), SEAT);
        return from.pick(head, List.of(), 0, session);
    }

    @Benchmark
    public @Nullable EndpointPool pick() {
        LoopCluster from = cluster;
        return from == null ? null : from.pick(head, List.of(), 0, null);
    }
}
