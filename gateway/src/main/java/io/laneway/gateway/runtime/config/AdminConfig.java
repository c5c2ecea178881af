package io.laneway.gateway.runtime.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where operators reach the gateway. Immutable.
 *
 * @param address the whole admin interface; loopback by default, since it has no roles
 * @param probes  a second address with {@code /livez}, {@code /readyz} and {@code /metrics} alone; null for none
 * @param hosts   names of the admin interface that requests may use, beside {@code localhost} and IP literals
 * @param metrics how much they say
 */
public record AdminConfig(Address address, @Nullable Address probes, List<String> hosts, MetricsConfig metrics) {

    /** {@code 127.0.0.1:9901}, no second address. */
    public static final AdminConfig DEFAULT = new AdminConfig(new Address("127.0.0.1", 9901), null);

    /** Without further names, and with metrics as usual. */
    public AdminConfig(Address address, @Nullable Address probes) {
        this(address, probes, List.of(), MetricsConfig.DEFAULT);
    }

    public AdminConfig {
        Objects.requireNonNull(address, "address");
        hosts = List.copyOf(hosts);
    }
}
