package io.laneway.benchmarks.observe;

import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.gateway.runtime.config.AccessLogConfig.Format;
import io.laneway.gateway.runtime.config.AccessLogConfig.Target;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.telemetry.accesslog.AccessLog;
import io.laneway.gateway.telemetry.accesslog.LoopLog;
import io.laneway.gateway.telemetry.metrics.KnownNames;
import io.laneway.gateway.telemetry.metrics.RequestMetrics;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the loop spends to count and to log one finished request, over several lanes. Confined to one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class ObservationBenchmark {

    private static final long STARTED = 1_750_000_000_000L;
    private static final Path NOWHERE = Path.of("/dev/null");

    /** How many lanes the requests take turns over. */
    @Param({"1", "64"})
    public int lanes;

    private final AccessLog text = AccessLog.start(new AccessLogConfig(Format.TEXT, Target.FILE, NOWHERE));
    private final AccessLog json = AccessLog.start(new AccessLogConfig(Format.JSON, Target.FILE, NOWHERE));
    private final LoopLog textLoop = text.loop();
    private final LoopLog jsonLoop = json.loop();
    private final ExchangeObserver metrics =
            new RequestMetrics(KnownNames.ALL, System::currentTimeMillis).loop(Runnable::run);
    private TypicalExchange[] exchanges = {};
    private int next;

    @Setup
    public void prepare() {
        exchanges = new TypicalExchange[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            // A new millisecond now and then, as under load: the time stamp is not made again for each line.
            exchanges[lane] = new TypicalExchange("f-" + lane, STARTED + lane / 20);
        }
    }

    @TearDown
    public void end() {
        text.close();
        json.close();
    }

    @Benchmark
    public void count() {
        metrics.finished(turn());
    }

    /** A line that finds the ring full is dropped, and costs the loop nearly the same. */
    @Benchmark
    public void logAsText() {
        textLoop.finished(turn());
    }

    @Benchmark
    public void logAsJson() {
        jsonLoop.finished(turn());
    }

    private TypicalExchange turn() {
        next = next + 1 == exchanges.length ? 0 : next + 1;
        return exchanges[next];
    }
}
