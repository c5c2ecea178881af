package io.laneway.gateway.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks among usable endpoints by weight. Stateless; no allocation. */
final class Weights {

    private Weights() {}

    /** The sum of the weights of usable endpoints. */
    static int total(List<LiveEndpoint> endpoints, @Nullable LiveEndpoint not) {
        int total = 0;
        for (int i = 0; i < endpoints.size(); i++) {
            total += weight(endpoints.get(i), not);
        }
        return total;
    }

    /** The usable endpoint in whose share {@code point} lies, {@code 0 <= point < total}. */
    static @Nullable LiveEndpoint at(List<LiveEndpoint> endpoints, @Nullable LiveEndpoint not, int point) {
        int left = point;
        for (int i = 0; i < endpoints.size(); i++) {
            LiveEndpoint endpoint = endpoints.get(i);
            left -= weight(endpoint, not);
            if (left < 0) {
                return endpoint;
            }
        }
        return null;
    }

    /**
     * The point of a turn, so that within {@code total} turns each point comes once and one endpoint's points do not all
     * come in a row: steps of a size near the golden section and without common divisor.
     */
    static int spread(int turn, int total) {
        int step = Math.max(1, (int) (total * 0.618));
        while (gcd(step, total) != 1) {
            step++;
        }
        return (int) ((long) Math.floorMod(turn, total) * step % total);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static int weight(LiveEndpoint endpoint, @Nullable LiveEndpoint not) {
        return endpoint.usable() && !endpoint.equals(not) ? endpoint.published().weight() : 0;
    }
}
