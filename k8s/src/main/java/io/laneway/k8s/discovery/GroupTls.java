package io.laneway.k8s.discovery;

import io.laneway.k8s.backend.BackendTls;
import io.laneway.k8s.backend.PortTls;
import io.laneway.router.model.service.Port;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the ports of one logical service are reached: as the policy of their own Service says, else as that of the base lane's
 * port of the same number. Immutable.
 *
 * @param base the base lane's Services, the first to be asked first
 */
record GroupTls(BackendTls policies, List<Found> base) {

    /** Null where no policy says it. */
    @Nullable
    PortTls of(Found service, Port port) {
        PortTls tls = policies.of(service.key(), port.name());
        for (int i = 0; tls == null && i < base.size(); i++) {
            tls = inherited(base.get(i), port);
        }
        return tls;
    }

    private @Nullable PortTls inherited(Found from, Port port) {
        // A proxied one has no ports here; those of its twin have the same names.
        if (from.ports().isEmpty()) {
            return policies.of(from.key(), port.name());
        }
        for (Port one : from.ports()) {
            if (one.number() == port.number()) {
                return policies.of(from.key(), one.name());
            }
        }
        return null;
    }
}
