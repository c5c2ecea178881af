package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import io.laneway.router.decision.Reason;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The request series of all loops added up, and their text. Confined to one thread. */
final class RequestSums {

    private static final Set<Reason> FALLBACKS =
            EnumSet.of(Reason.FALLBACK_ABSENT, Reason.FALLBACK_UNREADY, Reason.LANE_UNKNOWN, Reason.LANE_EXPIRED);

    private static final @Nullable DurationExemplar[] NO_EXEMPLARS = {};
    private static final long[] NO_CALLS = new long[RequestSeries.GRPC];
    private static final String[] CODES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Map<SeriesKey, long[]> requests = new TreeMap<>();
    private final Map<SeriesKey, long[]> latencies = new TreeMap<>();
    private final Map<SeriesKey, long[]> grpc = new TreeMap<>();
    private final Map<Target, @Nullable DurationExemplar[]> exemplars = new HashMap<>();
    private long dropped;

    void add(LoopMetrics loop, Predicate<RequestSeries> alive) {
        for (RequestSeries series : loop.series()) {
            if (alive.test(series)) {
                series.addCodesTo(requests.computeIfAbsent(series.key(), key -> new long[RequestSeries.CODES]));
                series.addLatencyTo(latencies.computeIfAbsent(series.key(), key -> new long[Latency.BUCKETS + 1]));
                Target target = new Target(series.key().service(), series.key().lane());
                series.addExemplarsTo(
                        () -> exemplars.computeIfAbsent(target, key -> new DurationExemplar[Latency.BUCKETS]));
                series.addGrpcTo(() -> grpc.computeIfAbsent(series.key(), key -> new long[RequestSeries.GRPC]));
            }
        }
        dropped += loop.dropped();
    }

    /** The sums without regard to the reason. */
    List<LaneTotals> totals() {
        Map<SeriesKey, LaneTotals> totals = new TreeMap<>();
        requests.forEach((key, codes) -> {
            long hidden = grpc.getOrDefault(key, NO_CALLS)[RequestSeries.HIDDEN_ERRORS];
            LaneTotals one = LaneTotals.of(key, codes, hidden, Objects.requireNonNull(latencies.get(key)));
            totals.merge(new SeriesKey(key.service(), key.lane(), key.requested(), null), one, LaneTotals::plus);
        });
        return List.copyOf(totals.values());
    }

    private static Map<Target, long[]> byTarget(Map<SeriesKey, long[]> series) {
        Map<Target, long[]> sums =
                new TreeMap<>(Comparator.comparing(Target::service).thenComparing(Target::lane));
        series.forEach(
                (key, counts) -> sums.merge(new Target(key.service(), key.lane()), counts.clone(), LaneTotals::plus));
        return sums;
    }

    void write(Exposition out) {
        out.counter("laneway_requests_total", "Requests finished, by service, served and requested lane and reason.");
        requests.forEach((key, counts) -> writeCodes(out, key, counts));
        out.histogram("laneway_request_duration_seconds", "From a request's first byte to its response's last.");
        byTarget(latencies).forEach((target, counts) -> writeBuckets(out, target, counts));
        out.counter("laneway_grpc_requests_total", "Calls of gRPC finished, by their status.");
        byTarget(grpc).forEach((target, counts) -> writeStatuses(out, target, counts));
        writeFallbacks(out);
        out.counter(
                "laneway_metrics_dropped_total",
                "Requests counted under __other__ because there were too many series.");
        out.sample(dropped);
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

    private static void writeStatuses(Exposition out, Target target, long[] counts) {
        for (int status = 0; status <= GrpcStatus.CODES; status++) {
            if (counts[status] > 0) {
                String name = status < GrpcStatus.CODES ? Integer.toString(status) : "other";
                out.sample(counts[status], "service", target.service(), "lane", target.lane(), "grpc_status", name);
            }
        }
    }

    private void writeBuckets(Exposition out, Target target, long[] counts) {
        out.distribution(
                Latency.boundsSeconds(),
                counts,
                counts[Latency.SUM] / 1e9,
                exemplars.getOrDefault(target, NO_EXEMPLARS),
                "service",
                target.service(),
                "lane",
                target.lane());
    }

    private void writeFallbacks(Exposition out) {
        Map<SeriesKey, Long> fallbacks = new TreeMap<>();
        requests.forEach((key, counts) -> {
            if (key.reason() != null && FALLBACKS.contains(key.reason())) {
                long sum = 0;
                for (long count : counts) {
                    sum += count;
                }
                fallbacks.merge(new SeriesKey(key.service(), "", key.requested(), key.reason()), sum, Long::sum);
            }
        });
        out.counter("laneway_lane_fallbacks_total", "Requests that another lane served than the one requested.");
        fallbacks.forEach((key, count) ->
                out.sample(count, "service", key.service(), "lane", key.requested(), "reason", key.decision()));
    }
}
