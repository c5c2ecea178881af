package io.laneway.control.traffic;

import io.laneway.control.gateways.LatencyBounds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The requests of the last minute, of one lane, service or both. Immutable. */
public final class FlowSum {

    /** Nothing passed. */
    public static final FlowSum NONE = new Building().done();

    private static final double HUNDREDTHS = 100;
    private static final int RECENT = 6;

    private final long requests;
    private final long errors;
    private final long unready;
    private final long absent;

    /** How many took how long, by the bucket of {@link LatencyBounds}. */
    private final int[] latency;

    /** Requests by slot, the oldest first. */
    private final int[] perSlot;

    /** Errors by slot. */
    private final int[] failed;

    private FlowSum(long requests, long errors, long unready, long absent, int[] latency, int[] perSlot, int[] failed) {
        this.requests = requests;
        this.errors = errors;
        this.unready = unready;
        this.absent = absent;
        this.latency = latency;
        this.perSlot = perSlot;
        this.failed = failed;
    }

    /** How many there were. */
    public long requests() {
        return requests;
    }

    /** How many of them failed. */
    public long errors() {
        return errors;
    }

    /** How many another lane served since the one asked for had no usable endpoint. */
    public long unready() {
        return unready;
    }

    /** How many another lane served since the one asked for has no such service. */
    public long absent() {
        return absent;
    }

    /** Requests that another lane served than the one asked for. */
    public long fallbacks() {
        return unready + absent;
    }

    /** Both together. */
    public FlowSum plus(FlowSum other) {
        return new FlowSum(
                requests + other.requests,
                errors + other.errors,
                unready + other.unready,
                absent + other.absent,
                plus(latency, other.latency),
                plus(perSlot, other.perSlot),
                plus(failed, other.failed));
    }

    private static int[] plus(int[] some, int[] others) {
        int[] sums = some.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
        return sums;
    }

    /** Requests by slot, for people. */
    public JsonArray sparkline() {
        return array(perSlot, 0);
    }

    /** Errors by slot. */
    public JsonArray failures() {
        return array(failed, 0);
    }

    /** Requests of the newest slots: those that changed since an event before, and some more. */
    public JsonArray recent() {
        return array(perSlot, perSlot.length - RECENT);
    }

    /** Adds how long the requests took, to hundredths of a ms, where there were any. */
    public JsonObject times(JsonObject json) {
        double median = LatencyBounds.quantile(latency, 0.5);
        return requests == 0 || Double.isNaN(median)
                ? json
                : json.put("p50", rounded(median)).put("p99", rounded(LatencyBounds.quantile(latency, 0.99)));
    }

    private static double rounded(double millis) {
        return Math.rint(millis * HUNDREDTHS) / HUNDREDTHS;
    }

    private static JsonArray array(int[] counts, int from) {
        JsonArray array = new JsonArray();
        for (int i = from; i < counts.length; i++) {
            array.add(counts[i]);
        }
        return array;
    }

    /** Sums up. Confined to one thread. */
    static final class Building {

        private final int[] perSlot = new int[Slots.SHOWN];
        private final int[] failed = new int[Slots.SHOWN];
        private final int[] latency = new int[LatencyBounds.BUCKETS];
        private long requests;
        private long errors;
        private long unready;
        private long absent;

        void add(int slot, int more, int moreErrors, int moreUnready, int moreAbsent) {
            perSlot[slot] += more;
            failed[slot] += moreErrors;
            requests += more;
            errors += moreErrors;
            unready += moreUnready;
            absent += moreAbsent;
        }

        void addLatency(int[] counts) {
            for (int bucket = 0; bucket < latency.length; bucket++) {
                latency[bucket] += counts[bucket];
            }
        }

        FlowSum done() {
            return new FlowSum(requests, errors, unready, absent, latency, perSlot, failed);
        }
    }
}
