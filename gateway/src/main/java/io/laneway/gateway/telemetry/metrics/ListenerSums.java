package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.runtime.record.LoopCounter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The listener counters of all loops added up, as text. */
final class ListenerSums {

    private ListenerSums() {}

    static void write(Collection<LoopMetrics> loops, Exposition out) {
        out.counter("laneway_downstream_connections_accepted_total", "Connections accepted.");
        sum(loops, stats -> stats.accepted).forEach((name, sum) -> out.sample(sum, "listener", name));
        out.gauge("laneway_downstream_connections", "Connections of clients open now.");
        sum(loops, stats -> stats.open).forEach((name, sum) -> out.sample(sum, "listener", name));
        out.counter(
                "laneway_downstream_connections_passed_total",
                "Connections passed on as they are, by the server name of their TLS.");
        sum(loops, stats -> stats.passed).forEach((name, sum) -> out.sample(sum, "listener", name));
        out.counter("laneway_converted_requests_total", "Requests that became calls of gRPC, by what they came as.");
        sum(loops, stats -> stats.fromGrpcWeb)
                .forEach((name, sum) -> out.sample(sum, "listener", name, "from", "grpc-web"));
        sum(loops, stats -> stats.fromJson).forEach((name, sum) -> out.sample(sum, "listener", name, "from", "json"));
        out.counter(
                "laneway_passthrough_connections_opened_total",
                "Redirected connections passed on as they are, by what they are.");
        sum(loops, stats -> stats.tlsTunnels)
                .forEach((name, sum) -> out.sample(sum, "listener", name, "protocol", "tls"));
        sum(loops, stats -> stats.tcpTunnels)
                .forEach((name, sum) -> out.sample(sum, "listener", name, "protocol", "tcp"));
        out.counter(
                "laneway_passthrough_connections_undecided_total",
                "Redirected connections passed on as they are that stopped where a request may have begun.");
        sum(loops, stats -> stats.undecidedTunnels).forEach((name, sum) -> out.sample(sum, "listener", name));
        out.gauge("laneway_passthrough_connections", "Redirected connections passed on as they are now.");
        sum(loops, stats -> stats.openTunnels).forEach((name, sum) -> out.sample(sum, "listener", name));
        out.counter(
                "laneway_passthrough_failures_total", "Redirected connections whose destination took no connection.");
        sum(loops, stats -> stats.failedTunnels).forEach((name, sum) -> out.sample(sum, "listener", name));
        out.counter("laneway_downstream_offences_total", "What clients did wrong, and requests shed, by kind.");
        for (Offence offence : Offence.values()) {
            String kind = offence.name().toLowerCase(Locale.ROOT);
            sum(loops, stats -> stats.count(offence))
                    .forEach((name, sum) -> out.sample(sum, "listener", name, "kind", kind));
        }
    }

    private static Map<String, Long> sum(Collection<LoopMetrics> loops, Function<ListenerStats, LoopCounter> field) {
        Map<String, Long> sums = new TreeMap<>();
        for (LoopMetrics loop : loops) {
            for (ListenerStats stats : loop.listeners()) {
                sums.merge(stats.name(), field.apply(stats).get(), Long::sum);
            }
        }
        return sums;
    }
}
