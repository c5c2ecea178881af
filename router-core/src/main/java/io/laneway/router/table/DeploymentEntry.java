package io.laneway.router.table;

import io.laneway.router.model.service.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * One service in one lane of a compiled table. Immutable but for its ports' states.
 *
 * @param <S> what lives behind its ports
 */
public final class DeploymentEntry<S extends DeploymentState> {

    private final Deployment deployment;
    private final String slug;
    private final int hash;
    private final PortEntry<S>[] ports;
    private final @Nullable PortEntry<S> only;
    private final @Nullable S onlyState;

    DeploymentEntry(Deployment deployment, String slug, PortEntry<S>[] ports) {
        this.deployment = deployment;
        this.slug = slug;
        this.hash = LaneEntry.spread(slug);
        this.ports = ports;
        this.only = ports.length == 1 ? ports[0] : null;
        this.onlyState = only == null ? null : only.state();
    }

    /** The deployment as configured. */
    public Deployment deployment() {
        return deployment;
    }

    /** How many ports it has, at least one. */
    public int ports() {
        return ports.length;
    }

    /** Its port where it has but one, else null. */
    public @Nullable PortEntry<S> only() {
        return only;
    }

    /** Whether a request may be sent to a port of it now. Asks the only port's state without a way over that port. */
    public boolean usable(PortEntry<S> port) {
        S state = port == only ? onlyState : null;
        return state == null ? port.state().usable() : state.usable();
    }

    /** A port in the order configured. */
    public PortEntry<S> port(int index) {
        return ports[index];
    }

    /**
     * The port for a request: the one whose number the caller named, else the only one, else the first that suits gRPC
     * or does not.
     *
     * @param number the port in the request's authority, 0 for none
     */
    public PortEntry<S> select(int number, boolean grpc) {
        if (only != null) {
            return only;
        }
        if (number != 0) {
            for (PortEntry<S> port : ports) {
                if (port.port().number() == number) {
                    return port;
                }
            }
        }
        for (PortEntry<S> port : ports) {
            if (port.grpc() == grpc) {
                return port;
            }
        }
        return ports[0];
    }

    /** The port of that name and number, or null. */
    @Nullable
    PortEntry<S> port(String name, int number) {
        for (PortEntry<S> port : ports) {
            if (port.port().number() == number && port.port().name().equals(name)) {
                return port;
            }
        }
        return null;
    }

    String slug() {
        return slug;
    }

    int hash() {
        return hash;
    }
}
