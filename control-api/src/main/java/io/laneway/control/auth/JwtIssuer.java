package io.laneway.control.auth;

import io.vertx.core.Future;

/** Verifies JWTs of an OIDC issuer (RFC 7519). Safe for many threads. */
public interface JwtIssuer {

    /** Who the token was issued to; fails with {@link Denied} if it does not hold. */
    Future<Principal> verify(String token);

    /**
     * Who logged in, by the ID token of a login (OpenID Connect Core 1.0 section 3.1.3.7); fails with {@link Denied} if it
     * does not hold.
     *
     * @param client to which it must have been issued
     * @param nonce  that this login was begun with
     */
    Future<Principal> verifyLogin(String token, String client, String nonce);

    /** Whether the key still counts by which a client was verified. */
    boolean holds(Proof proof);

    /** Fetches the keys again; does not wait for them. */
    void refresh();
}
