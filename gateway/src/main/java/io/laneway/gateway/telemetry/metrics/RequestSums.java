package io.laneway.gateway.telemetry.metrics;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The request series of all loops added up, as they are reported. Confined to one thread. */
final class RequestSums {

    private static final long[] NO_CALLS = new long[RequestSeries.GRPC];

    private final Map<SeriesKey, long[]> requests = new TreeMap<>();
    private final Map<SeriesKey, long[]> latencies = new TreeMap<>();
    private final Map<SeriesKey, long[]> grpc = new TreeMap<>();

    void add(LoopMetrics loop, Predicate<RequestSeries> alive) {
        for (RequestSeries series : loop.series()) {
            if (alive.test(series)) {
                series.addCodesTo(requests.computeIfAbsent(series.key(), key -> new long[RequestSeries.CODES]));
                series.addLatencyTo(latencies.computeIfAbsent(series.key(), key -> new long[Latency.BUCKETS + 1]));
                series.addGrpcTo(() -> grpc.computeIfAbsent(series.key(), key -> new long[RequestSeries.GRPC]));
            }
        }
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
}
