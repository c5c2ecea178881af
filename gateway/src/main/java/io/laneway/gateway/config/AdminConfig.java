package io.laneway.gateway.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where operators reach the gateway. Immutable.
 *
 * @param address the whole admin interface; loopback by default, since it has no roles
 * @param probes  a second address with {@code /livez}, {@code /readyz} and {@code /metrics} alone; null for none
 */
public record AdminConfig(Address address, @Nullable Address probes) {

    /** {@code 127.0.0.1:9901}, no second address. */
    public static final AdminConfig DEFAULT = new AdminConfig(new Address("127.0.0.1", 9901), null);

    public AdminConfig {
        Objects.requireNonNull(address, "address");
    }
}
