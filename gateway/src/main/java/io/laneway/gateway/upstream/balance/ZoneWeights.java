package io.laneway.gateway.upstream.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights that endpoints have for a gateway in one of their zones, as in Envoy's zone aware routing. Each zone is taken
 * to have an equal part of the gateways' load. Where the own zone holds that part of the weights, it gets all; where it holds
 * less, it gets as much as its weights stand for, and the rest goes to the zones that hold more than their part, by what they
 * have over. So no zone gets more than its weights stand for, as far as the gateways' load is spread evenly. Stateless.
 */
public final class ZoneWeights {

    /** What the largest weights add up to. */
    private static final double SCALE = 1 << 20;

    private ZoneWeights() {}

    /**
     * The weights, 0 for endpoints that get nothing; null if the own zone has no endpoint, or all are there.
     *
     * @param own     the zone of the gateway
     * @param zones   of the endpoints, each empty if unknown: these have something over, and no gateways
     * @param weights of the endpoints, each at least 1
     */
    public static int @Nullable [] of(String own, List<String> zones, int[] weights) {
        Map<String, Long> held = new HashMap<>();
        long total = 0;
        for (int i = 0; i < weights.length; i++) {
            held.merge(zones.get(i), (long) weights[i], Long::sum);
            total += weights[i];
        }
        Long local = held.get(own);
        if (own.isEmpty() || local == null || held.size() == 1) {
            return null;
        }
        int named = held.containsKey("") ? held.size() - 1 : held.size();
        double part = (double) total / named;
        double over = 0;
        for (Map.Entry<String, Long> zone : held.entrySet()) {
            over += zone.getKey().equals(own) ? 0 : over(zone.getKey(), zone.getValue(), part);
        }
        double kept = Math.min(1, local / part);
        int[] seen = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            String zone = zones.get(i);
            long all = held.getOrDefault(zone, 1L);
            double share = zone.equals(own) ? kept : kept == 1 ? 0 : (1 - kept) * over(zone, all, part) / over;
            seen[i] = share == 0 ? 0 : (int) Math.max(1, Math.round(SCALE * share * weights[i] / all));
        }
        return seen;
    }

    private static double over(String zone, long held, double part) {
        return zone.isEmpty() ? held : Math.max(0, held - part);
    }
}
