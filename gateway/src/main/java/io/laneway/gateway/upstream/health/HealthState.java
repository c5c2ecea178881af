package io.laneway.gateway.upstream.health;

import io.laneway.router.policy.Health;

/**
 * What the checks of one endpoint add up to. The first response counts at once, later ones when enough have come in a
 * row. Confined to one thread.
 */
public final class HealthState {

    private boolean healthy = true;
    private boolean asked;
    private int against;

    /** Takes note of a response; returns whether the endpoint counts as healthy now. */
    public boolean heard(boolean well, Health policy) {
        if (well == healthy) {
            against = 0;
        } else {
            against++;
            int needed = well ? policy.healthyAfter() : policy.unhealthyAfter();
            if (!asked || against >= needed) {
                healthy = well;
                against = 0;
            }
        }
        asked = true;
        return healthy;
    }
}
