package io.laneway.gateway.server.listener;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.names.Lookup;
import io.laneway.gateway.runtime.names.SystemNames;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.gateway.traffic.context.ExchangeTracing;
import io.laneway.gateway.traffic.interest.Interests;
import io.laneway.gateway.traffic.overload.MemoryPressure;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.table.CompiledTable;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a data plane is made with. Immutable.
 *
 * @param table     the table in force, null while there is none
 * @param observers makes the observer of an event loop, which runs what it is given
 * @param clock     the time of day
 * @param nanos     a clock for durations, as {@link System#nanoTime}
 * @param chance    seeds each loop's own generator
 * @param memory    the share of memory in use, 0 to 1
 * @param lookup    finds the addresses of a host
 * @param recorders makes what keeps the recorded requests of an event loop
 * @param interests what is followed of the table, null for all of it
 * @param tracing   follows the exchanges of an event loop for their spans; null for no spans
 */
public record DataPlaneEnvironment(
        Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table,
        Function<Executor, ExchangeObserver> observers,
        Clock clock,
        LongSupplier nanos,
        SplittableRandom chance,
        DoubleSupplier memory,
        Lookup lookup,
        @Nullable Function<Loop, ExchangeTracing> tracing,
        Function<Loop, ExchangeRecorder> recorders,
        @Nullable Interests interests) {

    /** With the memory of this process and the system's resolver, and no spans. */
    public DataPlaneEnvironment(
            Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table,
            Function<Executor, ExchangeObserver> observers,
            Clock clock,
            LongSupplier nanos,
            SplittableRandom chance) {
        this(
                table,
                observers,
                clock,
                nanos,
                chance,
                new MemoryPressure(),
                new SystemNames(),
                null,
                loop -> ExchangeRecorder.NONE,
                null);
    }

    /** The same with what records requests. */
    public DataPlaneEnvironment recordedBy(Function<Loop, ExchangeRecorder> recorders) {
        return new DataPlaneEnvironment(
                table, observers, clock, nanos, chance, memory, lookup, tracing, recorders, interests);
    }

    /** The same with spans, or none. */
    public DataPlaneEnvironment tracedBy(@Nullable Function<Loop, ExchangeTracing> tracing) {
        return new DataPlaneEnvironment(
                table, observers, clock, nanos, chance, memory, lookup, tracing, recorders, interests);
    }

    /** The same for a part of the table, or the whole. */
    public DataPlaneEnvironment following(@Nullable Interests interests) {
        return new DataPlaneEnvironment(
                table, observers, clock, nanos, chance, memory, lookup, tracing, recorders, interests);
    }
}
