package io.laneway.xds.stream;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;

/**
 * The two variants of the protocol. Stateless.
 *
 * @param <Q> requests
 * @param <S> responses
 */
public final class Variant<Q, S> {

    /** A response has all that a client wants. */
    public static final Variant<DiscoveryRequest, DiscoveryResponse> STATE_OF_THE_WORLD =
            new Variant<>(new StateOfTheWorld());

    /** A response has what changed. */
    public static final Variant<DeltaDiscoveryRequest, DeltaDiscoveryResponse> INCREMENTAL =
            new Variant<>(new Incremental());

    private final Wire<Q, S> wire;

    private Variant(Wire<Q, S> wire) {
        this.wire = wire;
    }

    Wire<Q, S> wire() {
        return wire;
    }
}
