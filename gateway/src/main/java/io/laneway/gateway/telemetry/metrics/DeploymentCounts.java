package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.LoopCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a deployment as one array: durations, statuses of gRPC, then the counters of its upstream side. Says
 * how the latter are written. Stateless.
 */
final class DeploymentCounts {

    /** Writes the samples of one place in the arrays, for all deployments. */
    @FunctionalInterface
    interface Samples {
        /** @param labels beside service and lane, none or a name and a value */
        void write(int place, String[] labels);
    }

    /** One series of a family: the value of the family's label, and what it reads. */
    private record Part(@Nullable String value, Function<DeploymentStats, LoopCounter> counter) {}

    /** A family of metrics; all but one have a label of their own. */
    private record Family(
            String name, String help, @Nullable String label, List<Part> parts) {

        static Family of(String name, String help, Function<DeploymentStats, LoopCounter> counter) {
            return new Family(name, help, null, List.of(new Part(null, counter)));
        }
    }

    private static final List<Family> COUNTERS = List.of(
            Family.of(
                    "laneway_upstream_connections_lent_total",
                    "Idle connections that one event loop lent to another.",
                    stats -> stats.lent),
            Family.of(
                    "laneway_upstream_tls_failures_total",
                    "TLS handshakes with upstreams that failed.",
                    stats -> stats.tlsFailures),
            Family.of(
                    "laneway_upstream_truncated_total",
                    "Responses cut because their TLS connection ended without close_notify.",
                    stats -> stats.truncated),
            Family.of(
                    "laneway_upstream_unasked_total",
                    "How often upstreams sent unsolicited bytes.",
                    stats -> stats.unsolicited),
            new Family(
                    "laneway_grpc_messages_total",
                    "Messages of gRPC calls, by the way they went.",
                    "direction",
                    List.of(
                            new Part("request", stats -> stats.grpcRequestMessages),
                            new Part("response", stats -> stats.grpcResponseMessages))),
            new Family(
                    "laneway_upstream_retries_total",
                    "Requests tried again, by what came of it.",
                    "outcome",
                    List.of(
                            new Part("success", stats -> stats.retriesSucceeded),
                            new Part("failure", stats -> stats.retriesFailed),
                            new Part("over_budget", stats -> stats.retriesOverBudget))),
            Family.of(
                    "laneway_endpoint_ejections_total",
                    "Endpoints ejected for errors of theirs.",
                    stats -> stats.ejections),
            Family.of(
                    "laneway_endpoint_panics_total",
                    "Picks among ejected endpoints because there was no other.",
                    stats -> stats.panics),
            Family.of(
                    "laneway_cross_zone_picks_total",
                    "Picks of endpoints in another zone than the gateway's own.",
                    stats -> stats.crossZone),
            new Family(
                    "laneway_mirrored_requests_total",
                    "Copies of requests mirrored into a lane, by what came of it.",
                    "outcome",
                    List.of(
                            new Part("answered", stats -> stats.mirrorsResponded),
                            new Part("failed", stats -> stats.mirrorsFailed),
                            new Part("dropped", stats -> stats.mirrorsDropped))),
            new Family(
                    "laneway_compression_bytes_total",
                    "Bytes of responses that were compressed, before and after.",
                    "side",
                    List.of(
                            new Part("in", stats -> stats.compressedFrom),
                            new Part("out", stats -> stats.compressedTo))));

    private static final List<Family> GAUGES = List.of(
            Family.of(
                    "laneway_upstream_requests_active",
                    "Requests in flight to upstreams.",
                    stats -> stats.activeRequests),
            new Family(
                    "laneway_upstream_connections",
                    "Connections to upstreams, by what they do.",
                    "state",
                    List.of(
                            new Part("active", stats -> stats.busyConnections),
                            new Part("idle", stats -> stats.idleConnections),
                            new Part("connecting", stats -> stats.connecting))));

    private static final int GRPC = Latency.BUCKETS + 1;

    /** The statuses of gRPC, and all that it does not define. */
    static final int STATUSES = GrpcStatus.CODES + 1;

    /** How many come from its requests: durations and statuses. */
    static final int SERVED = GRPC + STATUSES;

    private static final List<Function<DeploymentStats, LoopCounter>> COUNTED = readers(COUNTERS);
    private static final List<Function<DeploymentStats, LoopCounter>> GAUGED = readers(GAUGES);

    static final int COUNTERS_OF_STATS = COUNTED.size();

    static final int ALL = SERVED + COUNTED.size();

    static final int GAUGE_COUNT = GAUGED.size();

    private DeploymentCounts() {}

    private static List<Function<DeploymentStats, LoopCounter>> readers(List<Family> families) {
        List<Function<DeploymentStats, LoopCounter>> readers = new ArrayList<>();
        families.forEach(family -> family.parts().forEach(part -> readers.add(part.counter())));
        return List.copyOf(readers);
    }

    /** Adds the counters of the upstream side to an array of {@link #COUNTERS_OF_STATS}. */
    static void addCounters(DeploymentStats stats, long[] to) {
        add(COUNTED, stats, to);
    }

    /** Adds the gauges to an array of {@link #GAUGE_COUNT}. */
    static void addGauges(DeploymentStats stats, long[] to) {
        add(GAUGED, stats, to);
    }

    private static void add(List<Function<DeploymentStats, LoopCounter>> readers, DeploymentStats stats, long[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += readers.get(i).apply(stats).get();
        }
    }

    static long requests(long[] counts) {
        return Sums.total(counts, 0, Latency.BUCKETS);
    }

    /** The lines of a deployment: its histogram has two more than buckets, its endpoints have one for each state. */
    static int lines(long[] counts, int endpointStates) {
        return Latency.BUCKETS + 2 + Sums.used(counts, GRPC, SERVED) + COUNTED.size() + GAUGED.size() + endpointStates;
    }

    static long[] durations(long[] counts) {
        return Arrays.copyOf(counts, GRPC);
    }

    /** How often that status of gRPC was seen; the last is for all that it does not define. */
    static long grpc(long[] counts, int status) {
        return counts[GRPC + status];
    }

    /** Opens the families of counters one after the other, and has their samples written. */
    static void counters(Exposition out, Samples samples) {
        int next = SERVED;
        for (Family family : COUNTERS) {
            out.counter(family.name(), family.help());
            next = each(family, next, samples);
        }
    }

    /** The same for gauges. */
    static void gauges(Exposition out, Samples samples) {
        int next = 0;
        for (Family family : GAUGES) {
            out.gauge(family.name(), family.help());
            next = each(family, next, samples);
        }
    }

    private static int each(Family family, int first, Samples samples) {
        int next = first;
        for (Part part : family.parts()) {
            String[] labels = family.label() == null || part.value() == null
                    ? new String[0]
                    : new String[] {family.label(), part.value()};
            samples.write(next++, labels);
        }
        return next;
    }
}
