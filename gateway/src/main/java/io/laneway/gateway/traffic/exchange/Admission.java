package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.traffic.overload.LoopLoadShedder;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.router.policy.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The places that an exchange has among those in flight: one of the gateway as a whole, and one of the deployment that its
 * request goes to, if that has limits. Confined to one event loop; one for each exchange.
 */
final class Admission {

    private final LoopLoadShedder shedder;
    private @Nullable CircuitBreaker breaker;
    private boolean admitted;

    Admission(LoopLoadShedder shedder) {
        this.shedder = shedder;
    }

    /** Takes a place of the gateway as a whole; false if the load is to be shed. */
    boolean enterGateway() {
        admitted = shedder.enter();
        return admitted;
    }

    /** Takes a place of that deployment, and gives back the one of another; false if it has none left. */
    boolean enter(Cluster cluster) {
        leaveDeployment();
        Limits limits = cluster.policy().limits();
        if (limits == null) {
            return true;
        }
        CircuitBreaker into = cluster.breaker();
        if (!into.enter(limits.maxRequests())) {
            return false;
        }
        breaker = into;
        return true;
    }

    private void leaveDeployment() {
        if (breaker != null) {
            breaker.leave();
            breaker = null;
        }
    }

    /** Gives all places back. */
    void leave() {
        leaveDeployment();
        if (admitted) {
            admitted = false;
            shedder.leave();
        }
    }
}
