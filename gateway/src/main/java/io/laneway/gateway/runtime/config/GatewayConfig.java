package io.laneway.gateway.runtime.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything {@code laneway.yaml} says. Immutable. docs/reference/configuration.md.
 *
 * @param id      how the control API knows this gateway
 * @param table   where the lane table comes from
 * @param data    directory of the last known good table; null keeps none
 * @param threads event loops, 0 for as many as there are processors
 * @param tracing what spans are made of requests; null for none
 * @param balancing what the choice of endpoints goes by
 * @param errorPages which local replies browsers get as pages
 * @param filters directory of jars with filters of one's own, beside those of the class path; null for none
 * @param rates   where rates are counted with other gateways; null for nowhere
 * @param recordings where recordings go; null for the data directory
 */
public record GatewayConfig(
        String id,
        List<ListenerConfig> listeners,
        AdminConfig admin,
        TableConfig table,
        @Nullable Path data,
        int threads,
        Transport transport,
        AccessLogConfig accessLog,
        TimeoutsConfig timeouts,
        LimitsConfig limits,
        HeadersConfig headers,
        OverloadConfig overload,
        DrainConfig drain,
        RequestsConfig requests,
        @Nullable TracingConfig tracing,
        BalancingConfig balancing,
        ErrorPagesConfig errorPages,
        @Nullable Path filters,
        @Nullable RatesConfig rates,
        @Nullable RecordingsConfig recordings) {

    public GatewayConfig {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id: '' (expected: a name for this gateway)");
        }
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("listeners: [] (expected: at least one)");
        }
        Set<String> names = new HashSet<>();
        for (ListenerConfig listener : listeners) {
            if (!names.add(listener.name())) {
                throw new IllegalArgumentException("listeners: two named " + listener.name() + " (expected: one)");
            }
        }
        Objects.requireNonNull(admin, "admin");
        Objects.requireNonNull(table, "table");
        if (threads < 0) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: auto or >= 1)");
        }
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(accessLog, "accessLog");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(overload, "overload");
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(balancing, "balancing");
        Objects.requireNonNull(errorPages, "errorPages");
    }

    /** A gateway with defaults for all but its listeners and table, and without a data directory. */
    public static GatewayConfig of(String id, List<ListenerConfig> listeners, TableConfig table) {
        return new GatewayConfig(
                id,
                listeners,
                AdminConfig.DEFAULT,
                table,
                null,
                0,
                Transport.AUTO,
                AccessLogConfig.DEFAULT,
                TimeoutsConfig.DEFAULT,
                LimitsConfig.DEFAULT,
                HeadersConfig.DEFAULT,
                OverloadConfig.DEFAULT,
                DrainConfig.DEFAULT,
                RequestsConfig.DEFAULT,
                null,
                BalancingConfig.DEFAULT,
                ErrorPagesConfig.NONE,
                null,
                null,
                null);
    }
}
