package io.laneway.control.gateways;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which share of a service's requests each gateway has lately, for rates that count over the fleet. A gateway gets more
 * only once others have heard to take less, so that the shares of the gateways that have served a service are at most
 * 1 together, and a fifth above that while one begins. One that has not served it yet gets what it would have as one of
 * them. Safe for many threads.
 */
final class FleetShares {

    /** Part of a rate that is given out evenly, so that a gateway is not without a share when its next requests come. */
    static final double EVEN = 0.2;

    /** Reports that follow each other sooner say too little of a rate. */
    private static final long LEAST_MILLIS = 200;

    private static final double NOTHING = 1e-3;
    private static final double UNKNOWN = -1;

    /** What a gateway has reported. Guarded by the shares. */
    private static final class Reported {
        private String started = "";
        private List<Totals> last = List.of();
        private long at;
        private Map<String, Long> totals = Map.of();
    }

    /** How a gateway uses one service. Guarded by the shares. */
    private static final class Use {
        private double rate;
        /** The share that it was told last. */
        private double held = UNKNOWN;
    }

    private final Map<String, Reported> gateways = new HashMap<>();
    private final Map<String, Map<String, Use>> services = new HashMap<>();

    synchronized void reported(String gateway, GatewayReport report, long at) {
        Reported reported = gateways.computeIfAbsent(gateway, id -> new Reported());
        boolean again = reported.started.equals(report.started());
        if (again && (reported.last == report.lanes() || at - reported.at < LEAST_MILLIS)) {
            return;
        }
        Map<String, Long> totals = new HashMap<>();
        report.lanes().forEach(each -> totals.merge(each.service(), each.requests(), Long::sum));
        totals.values().removeIf(total -> total == 0);
        if (again) {
            double seconds = (at - reported.at) / 1e3;
            totals.forEach((service, total) -> {
                long since = Math.max(0, total - reported.totals.getOrDefault(service, 0L));
                Use use = use(service, gateway);
                use.rate = (use.rate + since / seconds) / 2;
                use.rate = use.rate < NOTHING ? 0 : use.rate;
            });
            reported.totals.keySet().stream()
                    .filter(service -> !totals.containsKey(service))
                    .forEach(service -> forget(service, gateway));
        } else {
            forgetUses(gateway);
            totals.keySet().forEach(service -> use(service, gateway));
        }
        reported.started = report.started();
        reported.last = report.lanes();
        reported.at = at;
        reported.totals = totals;
    }

    synchronized void forgotten(String gateway) {
        gateways.remove(gateway);
        forgetUses(gateway);
    }

    private Use use(String service, String gateway) {
        return services.computeIfAbsent(service, name -> new HashMap<>()).computeIfAbsent(gateway, id -> new Use());
    }

    private void forgetUses(String gateway) {
        List.copyOf(services.keySet()).forEach(service -> forget(service, gateway));
    }

    private void forget(String service, String gateway) {
        services.computeIfPresent(service, (name, uses) -> {
            uses.remove(gateway);
            return uses.isEmpty() ? null : uses;
        });
    }

    /**
     * The share that a gateway is sent.
     *
     * @param connected gateways that are there now
     */
    synchronized double share(String service, String gateway, Set<String> connected) {
        Map<String, Use> uses = services.getOrDefault(service, Map.of());
        int serving = 0;
        double all = 0;
        for (Map.Entry<String, Use> each : uses.entrySet()) {
            if (connected.contains(each.getKey())) {
                serving++;
                all += each.getValue().rate;
            }
        }
        Use own = uses.get(gateway);
        if (own == null || serving == 0) {
            return serving == 0 ? 1.0 / Math.max(1, connected.size()) : 1.0 / (serving + 1);
        }
        double others = 0;
        for (Map.Entry<String, Use> each : uses.entrySet()) {
            if (connected.contains(each.getKey()) && !each.getKey().equals(gateway)) {
                double held = each.getValue().held;
                others += held == UNKNOWN ? aim(each.getValue(), serving, all) : held;
            }
        }
        own.held = Math.min(aim(own, serving, all), Math.max(1 - others, EVEN / serving));
        return own.held;
    }

    private static double aim(Use use, int serving, double all) {
        return all == 0 ? 1.0 / serving : EVEN / serving + (1 - EVEN) * use.rate / all;
    }
}
