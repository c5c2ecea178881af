package io.laneway.gateway.traffic.filter;

import io.laneway.filter.Filter;
import io.laneway.gateway.runtime.config.FilterConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One filter on one listener, as event loops share it. Safe for many threads. */
public final class ListenerFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerFilter.class);

    private final String listener;
    private final FilterConfig config;
    private final Filter filter;
    private final List<FilterCounts> loops = new CopyOnWriteArrayList<>();
    private final LogPace overruns = new LogPace();
    private final LogPace failures = new LogPace();

    ListenerFilter(String listener, FilterConfig config, Filter filter) {
        this.listener = listener;
        this.config = config;
        this.filter = filter;
    }

    FilterCounts newCounts() {
        FilterCounts counts = new FilterCounts();
        loops.add(counts);
        return counts;
    }

    /** The listener's name. */
    public String listener() {
        return listener;
    }

    /** How it is named there. */
    public String name() {
        return config.name();
    }

    FilterConfig config() {
        return config;
    }

    Filter filter() {
        return filter;
    }

    /** What all event loops counted. */
    public FilterSums sums() {
        return new FilterSums(count -> loops.stream().mapToLong(count).sum());
    }

    /** A call held the event loop too long. */
    void overran(long nanos, long now) {
        long before = overruns.take(now);
        if (before >= 0) {
            LOG.atWarn()
                    .addKeyValue("filter", name())
                    .addKeyValue("listener", listener)
                    .addKeyValue("heldMillis", TimeUnit.NANOSECONDS.toMillis(nanos))
                    .addKeyValue("warnAfterMillis", config.warnAfter().toMillis())
                    .addKeyValue("notLogged", before)
                    .log("a filter holds an event loop, and all requests on it wait");
        }
    }

    /** It failed for a request. */
    void failed(String why, @Nullable Throwable cause, long now) {
        long before = failures.take(now);
        if (before >= 0) {
            LOG.atWarn()
                    .addKeyValue("filter", name())
                    .addKeyValue("listener", listener)
                    .addKeyValue("reason", why)
                    .addKeyValue("notLogged", before)
                    .setCause(cause)
                    .log("a filter failed");
        }
    }
}
