package io.laneway.benchmarks.observe;

import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.records.TailReaders;
import io.laneway.gateway.telemetry.tap.LoopTap;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.laneway.gateway.telemetry.tap.Tap;
import java.util.Map;
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
 * What the loop spends on the tap for one finished request: nothing remembered and no listener, remembered, and with
 * a tail over all or over a lane that has no requests. Run with {@code -prof gc} for what it allocates. Confined to one
 * thread, but for the tap's own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class TapBenchmark {

    private static final int REMEMBERED = 65_536;
    private static final int LANES = 64;
    private static final long STARTED = 1_750_000_000_000L;

    /** Who reads: no one, and nothing is remembered; no one; a tail of another lane; a tail of everything. */
    @Param({"off", "remembered", "tail-other", "tail-all"})
    public String reader = "off";

    private final TypicalExchange[] exchanges = new TypicalExchange[LANES];
    private @Nullable Tap tap;
    private LoopTap loop = new Tap(0, 1).loop();
    private int next;

    @Setup
    public void prepare() {
        for (int lane = 0; lane < LANES; lane++) {
            exchanges[lane] = new TypicalExchange("f-" + lane, STARTED + lane / 20);
        }
        Tap made = new Tap(reader.equals("off") ? 0 : REMEMBERED, 1);
        loop = made.loop();
        tap = made;
        Tail tail = TailReaders.plain(made);
        if (reader.startsWith("tail")) {
            Map<String, String> lane = reader.equals("tail-all") ? Map.of() : Map.of("lane", "x-1");
            var unused = tail.open(RecordFilter.parse(lane), line -> true);
        }
    }

    @TearDown
    public void end() {
        if (tap != null) {
            tap.close();
        }
    }

    @Benchmark
    public void finished() {
        next = (next + 1) & (LANES - 1);
        loop.finished(exchanges[next]);
    }
}
