package io.laneway.gateway;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.traffic.link.LinkOutcome;
import io.laneway.gateway.traffic.link.Links;

/** What became of signed links, by listener. */
record LinkMetrics(Links links) implements MetricSource {

    @Override
    public void write(Exposition out) {
        out.counter("laneway_links_total", "Keys of signed links, and carriers without one, by what became of them.");
        links.all().forEach(listener -> {
            for (LinkOutcome outcome : LinkOutcome.values()) {
                long count = listener.count(outcome);
                if (count > 0) {
                    out.sample(count, "listener", listener.listener(), "outcome", outcome.word());
                }
            }
        });
    }
}
