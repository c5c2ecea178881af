package io.laneway.gateway.runtime.record;

/**
 * Sees what happens on one event loop: finished exchanges, upstream connections, listeners. There is one for each loop,
 * so that it counts with plain writes. Confined to its event loop; other threads only sum up what it counted.
 */
public interface ExchangeObserver {

    /** An exchange ended, well or not. Called once for each request whose head began to arrive. */
    void finished(ExchangeRecord exchange);

    /**
     * The counters of a deployment on this loop, the same object for the same names. To be looked up when a pool for
     * the deployment is made, and kept there; they are forgotten when the lane goes from the table.
     */
    DeploymentStats deployment(String service, String lane);

    /** The counters of a listener on this loop, the same object for the same name; to be kept by the listener. */
    ListenerStats listener(String name);

    /** The tenants that were seen on this loop, always the same object. */
    TenantSample tenants();

    /** Observes nothing. */
    ExchangeObserver NONE = new ExchangeObserver() {
        @Override
        public void finished(ExchangeRecord exchange) {
            // nothing observes
        }

        @Override
        public DeploymentStats deployment(String service, String lane) {
            return new DeploymentStats(service, lane);
        }

        @Override
        public ListenerStats listener(String name) {
            return new ListenerStats(name);
        }

        @Override
        public TenantSample tenants() {
            return new TenantSample();
        }
    };
}
