package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Entry;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Weight;
import io.laneway.gateway.upstream.endpoint.EndpointState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The series of deployments within bounds: the busiest have series of their own in every family, the others are summed up.
 * Confined to one thread at a time.
 */
final class DeploymentSeries {

    private static final Target OTHER = new Target(RequestedLanes.OTHER, RequestedLanes.OTHER);
    private static final int STATES = EndpointState.values().length;
    private static final @Nullable DurationExemplar[] NO_EXEMPLARS = {};

    private static final Weight WEIGHT = new Weight() {
        @Override
        public int lines(long[] counts) {
            return DeploymentCounts.lines(counts, STATES);
        }

        @Override
        public long requests(long[] counts) {
            return DeploymentCounts.requests(counts);
        }
    };

    private final NamedSeries<Target> named;
    private final ViolationSeries violations;
    private final Map<Target, CountedDeployment> deployments = new HashMap<>();
    private final Map<Target, @Nullable DurationExemplar[]> exemplars = new HashMap<>();

    DeploymentSeries(SeriesLimits limits) {
        named = new NamedSeries<>(limits.deployments(), DeploymentCounts.ALL, WEIGHT, target -> OTHER);
        violations = new ViolationSeries(limits.violations());
    }

    /** Where what is counted of a deployment's requests goes. */
    Entry<Target> entry(Target target) {
        return named.entry(target);
    }

    /**
     * Takes over what was counted since the last call, of the deployments' upstream sides too.
     *
     * @return whether there were deployments that are gone
     */
    boolean settle(Collection<LoopMetrics> loops, Presence presence, long round, long now) {
        for (LoopMetrics loop : loops) {
            loop.eachDeployment((target, stats) -> counted(target).read(stats, round, presence));
        }
        boolean gone = deployments.values().removeIf(deployment -> !deployment.isIn(round));
        deployments.values().forEach(CountedDeployment::end);
        named.settle(now);
        exemplify(loops);
        violations.add(loops, presence, now);
        return gone;
    }

    private CountedDeployment counted(Target target) {
        CountedDeployment found = deployments.get(target);
        if (found == null) {
            found = new CountedDeployment(target, named.entry(target));
            deployments.put(target, found);
        }
        return found;
    }

    private void exemplify(Collection<LoopMetrics> loops) {
        exemplars.clear();
        for (LoopMetrics loop : loops) {
            for (RequestSeries series : loop.series()) {
                series.addExemplarsTo(() -> exemplars.computeIfAbsent(
                        as(new Target(series.key().service(), series.key().lane())),
                        key -> new DurationExemplar[Latency.BUCKETS]));
            }
        }
    }

    /** Itself if it has series of its own or is not known, else all those together that have none. */
    Target as(Target target) {
        return named.folds(target) ? OTHER : target;
    }

    int unnamed() {
        return named.unnamed();
    }

    void write(Exposition out) {
        out.histogram("laneway_request_duration_seconds", "From a request's first byte to its response's last.");
        each((target, counts) -> writeDurations(out, target, counts));
        out.counter("laneway_grpc_requests_total", "Calls of gRPC finished, by their status.");
        each((target, counts) -> writeStatuses(out, target, counts));
        DeploymentCounts.counters(
                out,
                (place, labels) -> each((target, counts) -> {
                    if (target.equals(OTHER) || deployments.containsKey(target)) {
                        write(out, counts[place], target, labels);
                    }
                }));
        Map<Target, long[]> now = foldedGauges();
        DeploymentCounts.gauges(
                out, (place, labels) -> now.forEach((target, values) -> write(out, values[place], target, labels)));
        violations.write(out);
    }

    private void each(BiConsumer<Target, long[]> each) {
        named.named(each);
        named.folded().forEach(each);
    }

    private Map<Target, long[]> foldedGauges() {
        Map<Target, long[]> now = new HashMap<>();
        for (CountedDeployment each : deployments.values()) {
            Target shown = each.folds() ? OTHER : each.target();
            Sums.add(each.gauges(), now.computeIfAbsent(shown, key -> new long[DeploymentCounts.GAUGE_COUNT]));
        }
        return now;
    }

    private void writeDurations(Exposition out, Target target, long[] counts) {
        long[] durations = DeploymentCounts.durations(counts);
        out.distribution(
                Latency.boundsSeconds(),
                durations,
                durations[Latency.SUM] / 1e9,
                exemplars.getOrDefault(target, NO_EXEMPLARS),
                "service",
                target.service(),
                "lane",
                target.lane());
    }

    private static void writeStatuses(Exposition out, Target target, long[] counts) {
        for (int status = 0; status <= GrpcStatus.CODES; status++) {
            long count = DeploymentCounts.grpc(counts, status);
            if (count > 0) {
                String name = status < GrpcStatus.CODES ? Integer.toString(status) : "other";
                out.sample(count, "service", target.service(), "lane", target.lane(), "grpc_status", name);
            }
        }
    }

    private static void write(Exposition out, long value, Target target, String[] labels) {
        if (labels.length == 0) {
            out.sample(value, "service", target.service(), "lane", target.lane());
        } else {
            out.sample(value, "service", target.service(), "lane", target.lane(), labels[0], labels[1]);
        }
    }
}
