package io.laneway.k8s.imports.table;

import io.laneway.router.document.tree.Location;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where another proxy forwards to, under one name. Immutable.
 *
 * @param at     where it is written
 * @param name   becomes the name of a service
 * @param policy what it says of connections and endpoints: timeouts to connect, balancer, ejection, health, limits
 */
public record Upstream(
        Location at,
        String name,
        Protocol protocol,
        @Nullable UpstreamTls tls,
        List<Endpoint> endpoints,
        Policy policy) {

    public Upstream {
        endpoints = List.copyOf(endpoints);
    }

    boolean like(Upstream other) {
        return name.equals(other.name) && endpoints.equals(other.endpoints) && policy.equals(other.policy);
    }
}
