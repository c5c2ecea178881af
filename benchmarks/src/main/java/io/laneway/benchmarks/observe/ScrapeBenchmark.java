package io.laneway.benchmarks.observe;

import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.KnownNames;
import io.laneway.gateway.telemetry.metrics.RequestMetrics;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one scrape of a gateway costs that serves 10 000 deployments, each used since the scrape before. One thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
@Fork(1)
public class ScrapeBenchmark {

    private static final int DEPLOYMENTS = 10_000;
    private static final long STARTED = 1_750_000_000_000L;
    private static final int BETWEEN_MILLIS = 15_000;

    /** Lines at most: as shipped, and all of them. */
    @Param({"20000", "10000000"})
    public int series = 20_000;

    private final AtomicLong clock = new AtomicLong(STARTED);
    private final TypicalExchange[] exchanges = new TypicalExchange[DEPLOYMENTS];
    private RequestMetrics metrics = new RequestMetrics(KnownNames.ALL, clock::get);
    private List<ExchangeObserver> loops = List.of();

    @Setup
    public void prepare() {
        for (int i = 0; i < DEPLOYMENTS; i++) {
            exchanges[i] = new TypicalExchange("f-" + i, STARTED);
        }
        metrics = new RequestMetrics(KnownNames.ALL, clock::get, series);
        loops = List.of(metrics.loop(Runnable::run), metrics.loop(Runnable::run));
    }

    @Setup(Level.Iteration)
    public void use() {
        clock.addAndGet(BETWEEN_MILLIS);
        for (ExchangeObserver loop : loops) {
            for (TypicalExchange each : exchanges) {
                loop.finished(each);
            }
        }
    }

    @Benchmark
    public int scrape() {
        Exposition out = new Exposition();
        metrics.write(out);
        return out.end(Exposition.Format.PROMETHEUS).length;
    }
}
