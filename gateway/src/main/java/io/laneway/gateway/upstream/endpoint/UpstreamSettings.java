package io.laneway.gateway.upstream.endpoint;

import io.laneway.gateway.upstream.health.HealthCheck;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What of the table bears on how endpoints are used. Immutable.
 *
 * @param tls null for the defaults
 */
public record UpstreamSettings(Protocol protocol, @Nullable UpstreamTls tls, Policy policy) {

    /** Whether connections to the endpoints are over TLS. */
    public boolean secure() {
        return tls != null || protocol == Protocol.HTTPS || protocol == Protocol.H2;
    }

    /** How health checks speak to the endpoints. */
    public HealthCheck.Transport healthTransport() {
        UpstreamTls secured = tls == null ? UpstreamTls.DEFAULT : tls;
        return switch (protocol) {
            case HTTP1 -> HealthCheck.Transport.PLAIN;
            case AUTO -> new HealthCheck.Transport(false, tls);
            case H2C -> new HealthCheck.Transport(true, null);
            case HTTPS -> new HealthCheck.Transport(false, secured);
            case H2 -> new HealthCheck.Transport(true, secured);
        };
    }
}
