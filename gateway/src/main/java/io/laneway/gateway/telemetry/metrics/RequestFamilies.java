package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.telemetry.metrics.NamedSeries.Entry;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Weight;
import io.laneway.router.decision.Reason;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Requests and fallbacks, within bounds, as text. Confined to one thread at a time. */
final class RequestFamilies {

    private static final Set<Reason> FALLBACKS =
            EnumSet.of(Reason.FALLBACK_ABSENT, Reason.FALLBACK_UNREADY, Reason.LANE_UNKNOWN, Reason.LANE_EXPIRED);

    private static final String[] CODES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final Weight WEIGHT = new Weight() {
        @Override
        public int lines(long[] counts) {
            return Math.max(1, Sums.used(counts, 0, counts.length));
        }

        @Override
        public long requests(long[] counts) {
            return Sums.total(counts, 0, counts.length);
        }
    };

    private final TieredSeries requests;
    private final TieredSeries fallbacks;

    RequestFamilies(SeriesLimits limits) {
        requests = new TieredSeries(limits.requests(), RequestSeries.CODES, WEIGHT);
        fallbacks = new TieredSeries(limits.fallbacks(), 1, WEIGHT);
    }

    /** Where a series' codes go. */
    Entry<SeriesKey> requests(SeriesKey key) {
        return requests.entry(key);
    }

    /** Where a series' requests go if they were served by another lane than asked for, else null. */
    @Nullable
    Entry<SeriesKey> fallbacks(SeriesKey key) {
        boolean fallback = key.reason() != null && FALLBACKS.contains(key.reason());
        return fallback ? fallbacks.entry(key.withoutServed()) : null;
    }

    /** Takes over what was counted since the last call. */
    void settle(Predicate<SeriesKey> gone, long now) {
        requests.settle(gone, now);
        fallbacks.settle(gone, now);
    }

    int unnamed() {
        return requests.unnamed();
    }

    void write(Exposition out) {
        out.counter("laneway_requests_total", "Requests finished, by service, served and requested lane and reason.");
        requests.each((key, counts) -> writeCodes(out, key, counts));
        out.counter("laneway_lane_fallbacks_total", "Requests that another lane served than the one requested.");
        fallbacks.each((key, counts) ->
                out.sample(counts[0], "service", key.service(), "lane", key.requested(), "reason", key.decision()));
    }

    private static void writeCodes(Exposition out, SeriesKey key, long[] counts) {
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                out.sample(
                        counts[code],
                        "service",
                        key.service(),
                        "lane",
                        key.lane(),
                        "requested",
                        key.requested(),
                        "decision",
                        key.decision(),
                        "code",
                        CODES[code]);
            }
        }
    }
}
