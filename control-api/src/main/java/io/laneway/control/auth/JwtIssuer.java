package io.laneway.control.auth;

import io.vertx.core.Future;

/** Verifies JWTs of an OIDC issuer (RFC 7519). Safe for many threads. */
public interface JwtIssuer {

    /** Who the token was issued to; fails with {@link Denied} if it does not hold. */
    Future<Principal> verify(String token);

    /** Whether the key still counts by which a client was verified. */
    boolean holds(Proof proof);

    /** Fetches the keys again; does not wait for them. */
    void refresh();
}
