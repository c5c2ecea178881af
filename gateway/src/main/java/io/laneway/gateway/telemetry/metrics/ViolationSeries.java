package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Weight;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Responses that broke HTTP, by deployment and rule, within bounds. Confined to one thread at a time. */
final class ViolationSeries {

    private record Key(Target target, String rule) {

        Key folded() {
            return new Key(new Target(RequestedLanes.OTHER, RequestedLanes.OTHER), rule);
        }
    }

    private static final Weight WEIGHT = new Weight() {
        @Override
        public int lines(long[] counts) {
            return 1;
        }

        @Override
        public long requests(long[] counts) {
            return counts[0];
        }
    };

    private final NamedSeries<Key> named;
    private Map<Key, long[]> before = Map.of();

    ViolationSeries(int lines) {
        named = new NamedSeries<>(lines, 1, WEIGHT, Key::folded);
    }

    void add(Collection<LoopMetrics> loops, Presence presence, long now) {
        Map<Key, long[]> counts = new HashMap<>();
        for (LoopMetrics loop : loops) {
            for (DeploymentStats stats : loop.deployments()) {
                if (!stats.malformed.isEmpty()) {
                    add(stats, presence, counts);
                }
            }
        }
        counts.forEach((key, sum) ->
                Sums.add(Sums.since(before.get(key), sum), named.entry(key).counts()));
        before = counts;
        named.settle(now);
    }

    private static void add(DeploymentStats stats, Presence presence, Map<Key, long[]> counts) {
        Target target = new Target(stats.service(), stats.lane());
        if (!presence.gone(target)) {
            for (String rule : stats.malformed.rules()) {
                counts.computeIfAbsent(new Key(target, rule), key -> new long[1])[0] +=
                        stats.malformed.of(rule).get();
            }
        }
    }

    void write(Exposition out) {
        out.counter(
                "laneway_upstream_malformed_total", "Responses of upstreams that break HTTP, by the rule they break.");
        BiConsumer<Key, long[]> each = (key, counts) -> out.sample(
                counts[0],
                "service",
                key.target().service(),
                "lane",
                key.target().lane(),
                "rule",
                key.rule());
        named.named(each);
        named.folded().forEach(each);
    }
}
