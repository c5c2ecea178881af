package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.runtime.record.TenantSample;
import io.laneway.gateway.runtime.record.TraceMark;
import io.laneway.router.decision.Reason;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one event loop counts. Confined to its loop, but for what is marked as readable by any thread. */
final class LoopMetrics implements ExchangeObserver {

    /** A service in a lane. */
    record Target(String service, String lane) {

        @Override
        public int hashCode() {
            return service.hashCode() * 0x01000193 + lane.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object that) {
            return this == that
                    || (that instanceof Target target && service.equals(target.service) && lane.equals(target.lane));
        }
    }

    /** Places in what is counted of a lane without series. */
    static final int OTHER_REQUESTS = 0;

    static final int OTHER_ERRORS = 1;
    private static final int OTHER_COUNTS = 2;

    private final Executor loop;
    private final RequestedLanes lanes;
    private final int limit;
    private final SeriesTable series = new SeriesTable();
    private final Map<Target, DeploymentStats> deployments = new ConcurrentHashMap<>();
    private final Map<String, ListenerStats> listeners = new ConcurrentHashMap<>();
    private final TenantSample tenants = new TenantSample();
    private final LoopCounter dropped = new LoopCounter();
    private long refusedUntil;

    /** Requests and errors by the lane asked for, where it has no series; of lanes that the table has, so bounded. */
    private final Map<String, LoopLongs> others = new ConcurrentHashMap<>();

    /** Names of lanes that the table has, so no more than these. */
    private final Set<String> uncounted = ConcurrentHashMap.newKeySet();

    /**
     * Counters of a loop.
     *
     * @param loop  runs on the loop
     * @param limit of request series
     */
    LoopMetrics(Executor loop, RequestedLanes lanes, int limit) {
        this.loop = loop;
        this.lanes = lanes;
        this.limit = limit;
    }

    @Override
    public void finished(ExchangeRecord exchange) {
        String asked = exchange.requestedLane();
        String requested = asked == null ? RequestedLanes.UNKNOWN : asked;
        String service = exchange.service();
        String lane = exchange.lane();
        Reason reason = exchange.reason();
        RequestSeries found = series.find(service, lane, requested, reason);
        if (found == null) {
            found = firstUse(service, lane, requested, reason, exchange.startedMillis());
            if (!RequestedLanes.isWord(requested) && !found.key().requested().equals(requested)) {
                countOther(requested, exchange);
            }
        }
        found.count(exchange.status(), exchange.startedMillis(), exchange.durationNanos());
        TraceMark mark = exchange.mark();
        if (mark != null) {
            found.exemplify(mark, exchange.startedMillis(), exchange.durationNanos());
        }
        if (exchange.grpcStatus() >= 0) {
            found.countGrpc(exchange.grpcStatus(), exchange.status());
        }
    }

    @Override
    public DeploymentStats deployment(String service, String lane) {
        return deployments.computeIfAbsent(new Target(service, lane), target -> new DeploymentStats(service, lane));
    }

    @Override
    public ListenerStats listener(String name) {
        return listeners.computeIfAbsent(name, ListenerStats::new);
    }

    /** To be added to on the loop, taken from by any thread. */
    @Override
    public TenantSample tenants() {
        return tenants;
    }

    /** Forgets on the loop what the predicates name. Any thread. */
    void prune(Predicate<RequestSeries> gone, Predicate<Target> targetGone) {
        loop.execute(() -> {
            series.removeIf(gone);
            deployments
                    .entrySet()
                    .removeIf(entry -> targetGone.test(entry.getKey())
                            && entry.getValue().activeRequests.get() == 0);
        });
    }

    /** Takes the requested lanes that were counted together with others since this was called last. Any thread. */
    Set<String> takeUncounted() {
        Set<String> taken = new HashSet<>();
        uncounted.removeIf(taken::add);
        return taken;
    }

    private void countOther(String requested, ExchangeRecord exchange) {
        LoopLongs counts = others.get(requested);
        if (counts == null) {
            counts = new LoopLongs(OTHER_COUNTS);
            others.put(requested, counts);
        }
        counts.add(OTHER_REQUESTS, 1);
        if (RequestSeries.failed(exchange.status(), exchange.grpcStatus())) {
            counts.add(OTHER_ERRORS, 1);
        }
    }

    /** Adds what was counted of lanes without series to sums, and forgets what a predicate names. Any thread. */
    void addOthersTo(Map<String, long[]> sums, Predicate<String> gone) {
        others.keySet().removeIf(gone);
        others.forEach((lane, counts) -> counts.addTo(sums.computeIfAbsent(lane, name -> new long[OTHER_COUNTS]), 0));
    }

    /** Any thread. */
    Collection<RequestSeries> series() {
        return series.all();
    }

    /** Any thread. */
    Collection<DeploymentStats> deployments() {
        return deployments.values();
    }

    /** Any thread. */
    Set<Target> deploymentNames() {
        return deployments.keySet();
    }

    /** Any thread. */
    void eachDeployment(BiConsumer<Target, DeploymentStats> each) {
        deployments.forEach(each);
    }

    /** Any thread. */
    Collection<ListenerStats> listeners() {
        return listeners.values();
    }

    /** Requests counted under {@code __other__} because there were too many series. Any thread. */
    long dropped() {
        return dropped.get();
    }

    private RequestSeries firstUse(String service, String lane, String requested, @Nullable Reason reason, long now) {
        String label = label(requested, now);
        if (!label.equals(requested)) {
            uncounted.add(requested);
            RequestSeries shared = series.find(service, lane, label, reason);
            if (shared != null) {
                return shared;
            }
        }
        if (series.all().size() < limit) {
            return make(service, lane, label, reason);
        }
        dropped.increment();
        RequestSeries overflow = series.find(RequestedLanes.OTHER, RequestedLanes.OTHER, RequestedLanes.OTHER, null);
        return overflow != null
                ? overflow
                : make(RequestedLanes.OTHER, RequestedLanes.OTHER, RequestedLanes.OTHER, null);
    }

    private RequestSeries make(String service, String lane, String label, @Nullable Reason reason) {
        RequestSeries made = new RequestSeries(new SeriesKey(service, lane, label, reason));
        series.add(made);
        return made;
    }

    /** After a refusal none asks for a while, so that many refused lanes do not meet at the lock. */
    private String label(String requested, long now) {
        if (RequestedLanes.isWord(requested)) {
            return requested;
        }
        if (now < refusedUntil) {
            return RequestedLanes.OTHER;
        }
        String label = lanes.label(requested);
        if (label.equals(RequestedLanes.OTHER)) {
            refusedUntil = now + RequestedLanes.REST_MILLIS / 6;
        }
        return label;
    }
}
