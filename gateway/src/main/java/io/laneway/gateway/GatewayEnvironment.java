package io.laneway.gateway;

import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.server.admin.LogLevels;
import io.laneway.router.source.TableSource;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a gateway takes from outside beside its configuration. Immutable.
 *
 * @param version of the program
 * @param clock   the time of day
 * @param nanos   a clock for durations, as {@link System#nanoTime}
 * @param chance  seeds every generator
 * @param sources makes table sources of kinds that other modules know, such as Kafka
 */
public record GatewayEnvironment(
        String version,
        Clock clock,
        LongSupplier nanos,
        SplittableRandom chance,
        Function<TableConfig, TableSource> sources,
        LogLevels logLevels) {

    /** The machine's clocks, a random seed, no further sources, log levels as they are. */
    public static GatewayEnvironment system(String version) {
        return new GatewayEnvironment(
                version,
                Clock.systemUTC(),
                System::nanoTime,
                new SplittableRandom(new SecureRandom().nextLong()),
                table -> {
                    throw new IllegalArgumentException("table: " + table + " (expected: control or file)");
                },
                LogLevels.FIXED);
    }

    /** The same with further sources. */
    public GatewayEnvironment withSources(Function<TableConfig, TableSource> sources) {
        return new GatewayEnvironment(version, clock, nanos, chance, sources, logLevels);
    }

    /** The same with log levels that can be changed. */
    public GatewayEnvironment withLogLevels(LogLevels logLevels) {
        return new GatewayEnvironment(version, clock, nanos, chance, sources, logLevels);
    }
}
