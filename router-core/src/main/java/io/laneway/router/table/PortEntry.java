package io.laneway.router.table;

import io.laneway.router.model.service.Port;
import java.util.Locale;

/**
 * One port of a deployment in a compiled table, with its live state. Immutable but for the state.
 *
 * @param <S> what lives behind it
 */
public final class PortEntry<S extends DeploymentState> {

    private final Port port;
    private final S state;
    private final boolean grpc;

    PortEntry(Port port, S state) {
        this.port = port;
        this.state = state;
        this.grpc = port.name().toLowerCase(Locale.ROOT).startsWith("grpc")
                || port.protocol().http2();
    }

    /** The port as configured. */
    public Port port() {
        return port;
    }

    /** What the factory opened for it. */
    public S state() {
        return state;
    }

    /** Whether gRPC calls choose it among several: by its name ({@code grpc-…}) or its protocol. */
    boolean grpc() {
        return grpc;
    }
}
