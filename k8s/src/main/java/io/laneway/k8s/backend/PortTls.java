package io.laneway.k8s.backend;

import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a port of a Service is reached by its policy. Immutable.
 *
 * @param tls null where the policy says TLS and not by which authorities: then the port is not reached at all
 */
public record PortTls(@Nullable UpstreamTls tls) {

    /** Not to be reached: in plain text least of all. */
    static final PortTls REFUSED = new PortTls(null);

    /** A port as it is reached so; without endpoints where it is not. */
    public Port of(Port port) {
        return tls == null
                ? port.with(List.of())
                : new Port(port.name(), port.number(), secure(port.protocol()), port.endpoints(), tls);
    }

    private static Protocol secure(Protocol protocol) {
        return switch (protocol) {
            case HTTP1, HTTPS -> Protocol.HTTPS;
            case H2C, H2 -> Protocol.H2;
            case AUTO -> Protocol.AUTO;
        };
    }
}
