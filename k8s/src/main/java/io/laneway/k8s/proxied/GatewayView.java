package io.laneway.k8s.proxied;

/** What is known of the gateways that follow the control API. Safe for many threads; may block. */
@FunctionalInterface
public interface GatewayView {

    /**
     * How far the gateways are. Immutable.
     *
     * @param connected how many are connected
     * @param applied   how many of those have the revision
     */
    record Applied(int connected, int applied) {}

    /** How many gateways have a revision of the published table. */
    Applied applied(long revision);
}
