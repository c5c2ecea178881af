package io.laneway.gateway;

import io.laneway.gateway.runtime.record.DurationSums;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.traffic.filter.FilterSums;
import io.laneway.gateway.traffic.filter.Filters;
import io.laneway.gateway.traffic.filter.ListenerFilter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What filters of one's own made of requests, and how long they took; by listener and filter. */
record FilterMetrics(Filters filters) implements MetricSource {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    @Override
    public void write(Exposition out) {
        List<ListenerFilter> all = filters.all();
        out.counter("laneway_filter_requests_total", "Requests before a filter, by what became of them.");
        all.forEach(each -> outcomes(each, out));
        out.counter(
                "laneway_filter_loop_overruns_total", "Calls of a filter that held an event loop beyond warnAfter.");
        all.forEach(each -> out.sample(each.sums().overruns(), "filter", each.name(), "listener", each.listener()));
        out.counter("laneway_filter_loop_seconds_total", "Time for which calls of a filter held event loops.");
        all.forEach(
                each -> out.sample(each.sums().held() / SECOND, "filter", each.name(), "listener", each.listener()));
        out.histogram("laneway_filter_duration_seconds", "How long a filter had requests, waiting included.");
        all.forEach(each -> durations(each, out));
    }

    private static void outcomes(ListenerFilter filter, Exposition out) {
        FilterSums sums = filter.sums();
        outcome(filter, "proceeded", sums.proceeded(), out);
        outcome(filter, "responded", sums.responded(), out);
        outcome(filter, "error_allowed", sums.failedAllowed(), out);
        outcome(filter, "error_denied", sums.failedDenied(), out);
        outcome(filter, "body_refused", sums.body(), out);
        outcome(filter, "cancelled", sums.cancelled(), out);
    }

    private static void outcome(ListenerFilter filter, String outcome, long count, Exposition out) {
        out.sample(count, "filter", filter.name(), "listener", filter.listener(), "outcome", outcome);
    }

    private static void durations(ListenerFilter filter, Exposition out) {
        DurationSums took = filter.sums().durations();
        out.distribution(
                took.bounds(), took.counts(), took.seconds(), "filter", filter.name(), "listener", filter.listener());
    }
}
