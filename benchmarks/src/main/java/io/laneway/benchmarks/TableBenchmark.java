package io.laneway.benchmarks;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.shift.TenantSlots;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LiveParts;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import io.laneway.router.text.Slice;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What changes of a table of 800 services, 6 000 lanes and 30 000 deployments cost. Confined to one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class TableBenchmark {

    private final LaneTable model = Tables.of(800, 6_000, 30_000);
    private final TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);
    private final CompiledTable<PublishedState, Void> table =
            compiler.compile(model, null).table();
    private final TableDelta delta = new TableDelta(
            1,
            2,
            List.of(new TableChange.PutDeployment(ServiceId.of("service-700"), Tables.deployment("master", 9_999))));
    private final TenantSlots slots = new TenantSlots("default");
    private final Slice tenant = Slice.of("tenant-1234567");

    @Benchmark
    public CompiledTable<PublishedState, Void> replaceOneEndpoint() {
        LaneTable next = delta.applyTo(table.model()).orElseThrow(IllegalStateException::new);
        return compiler.compile(next, table).table();
    }

    @Benchmark
    public CompiledTable<PublishedState, Void> compileAll() {
        return compiler.compile(model, null).table();
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public int slotOfTenant() {
        return slots.of(tenant.array(), tenant.offset(), tenant.length());
    }
}
