package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What an exposition has of requests and deployments, within bounds. It remembers between two expositions what it has
 * shown, so that no counter falls. Confined to one thread at a time.
 */
final class ShownSeries {

    private final Map<SeriesKey, CountedSeries> series = new HashMap<>();
    private final RequestFamilies requests;
    private final DeploymentSeries deployments;
    private long round;

    ShownSeries(SeriesLimits limits) {
        requests = new RequestFamilies(limits);
        deployments = new DeploymentSeries(limits);
    }

    /**
     * Adds what the loops have counted since the last call.
     *
     * @return whether there were series of names that are gone
     */
    boolean add(Collection<LoopMetrics> loops, Presence presence, long now) {
        round++;
        for (LoopMetrics loop : loops) {
            for (RequestSeries part : loop.series()) {
                CountedSeries whole = whole(part);
                if (whole.begin(round, presence)) {
                    whole.read(part);
                }
            }
        }
        boolean gone = series.values().removeIf(each -> !each.isIn(round));
        series.values().forEach(each -> each.end(presence));
        requests.settle(presence::gone, now);
        return deployments.settle(loops, presence, round, now) || gone;
    }

    /** The deployment by which one is shown. */
    Target as(Target target) {
        return deployments.as(target);
    }

    void write(Exposition out) {
        requests.write(out);
        deployments.write(out);
        out.gauge("laneway_metrics_folded", "What is counted under __other__ for want of lines, by what it is.");
        out.sample(deployments.unnamed(), "kind", "deployments");
        out.sample(requests.unnamed(), "kind", "requests");
    }

    private CountedSeries whole(RequestSeries part) {
        SeriesKey key = part.key();
        CountedSeries found = series.get(key);
        if (found == null) {
            found = new CountedSeries(
                    key,
                    requests.requests(key),
                    requests.fallbacks(key),
                    deployments.entry(new Target(key.service(), key.lane())));
            series.put(key, found);
        }
        return found;
    }
}
