package io.laneway.router.model.route;

import java.util.Objects;

/**
 * Which certificates clients of a connection have to show whose TLS ends at the gateway. Immutable.
 *
 * @param authorities certificates in PEM that theirs must chain to; empty, or without one in it, takes no client
 * @param optional    whether clients without a certificate, or with another one, are taken too, as who they are not known to be
 */
public record ClientAuthorities(String authorities, boolean optional) {

    public ClientAuthorities {
        Objects.requireNonNull(authorities, "authorities");
    }
}
