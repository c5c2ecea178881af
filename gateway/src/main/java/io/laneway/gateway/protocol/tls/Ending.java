package io.laneway.gateway.protocol.tls;

import org.jspecify.annotations.Nullable;

/**
 * How TLS of clients ends at the gateway. Immutable.
 *
 * @param clients which certificates clients have to show, null for what the configuration says
 * @param http    whether its content is HTTP, of which the versions are offered by ALPN
 */
record Ending(@Nullable ClientChecks clients, boolean http) {

    /** As the configuration says. */
    static final Ending CONFIGURED = new Ending(null, true);
}
