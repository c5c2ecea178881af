package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;

/**
 * What the parts of a cluster share: whose it is, what the table says of it, and the endpoints that requests may go to now.
 * Written by the one thread that updates the table and by what looks after endpoints, read by every loop.
 */
final class ClusterState {

    private final String service;
    private final String lane;
    private final CircuitBreaker breaker;
    private volatile UpstreamSettings settings;
    private volatile Candidates candidates = Candidates.NONE;

    ClusterState(String service, String lane, UpstreamSettings settings, CircuitBreaker breaker) {
        this.service = service;
        this.lane = lane;
        this.settings = settings;
        this.breaker = breaker;
    }

    String service() {
        return service;
    }

    String lane() {
        return lane;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    UpstreamSettings settings() {
        return settings;
    }

    void settings(UpstreamSettings now) {
        settings = now;
    }

    Candidates candidates() {
        return candidates;
    }

    void candidates(Candidates now) {
        candidates = now;
    }
}
