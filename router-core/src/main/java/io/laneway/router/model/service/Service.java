package io.laneway.router.model.service;

import io.laneway.router.policy.Policy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A logical name that requests are for, and who serves it in which lane. Immutable.
 *
 * @param hosts exact host names or patterns such as {@code *.order.example.com}
 * @param shift the shift that assigns tenants where the request is decided here; null means {@code default}
 */
public record Service(
        ServiceId id, List<String> hosts, @Nullable String shift, List<Deployment> deployments, Policy policy) {

    public Service {
        Objects.requireNonNull(id, "id");
        hosts = List.copyOf(hosts);
        deployments = List.copyOf(deployments);
        Objects.requireNonNull(policy, "policy");
    }
}
