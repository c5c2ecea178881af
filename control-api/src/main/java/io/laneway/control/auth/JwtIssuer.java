package io.laneway.control.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Verifies JWTs of an OIDC issuer (RFC 7519). Safe for many threads. */
public interface JwtIssuer {

    /** Who the token was issued to; fails with {@link Denied} if it does not hold. */
    Future<Principal> verify(String token);

    /** Whether the key still counts by which a caller was verified. */
    boolean holds(Proof proof);

    /** Fetches the keys again; does not wait for them. */
    void refresh();

    /** The issuer of a configuration; its keys are being fetched. */
    static JwtIssuer of(AuthConfig.Oidc oidc, Vertx vertx, Clock clock) {
        OidcIssuer made = new OidcIssuer(oidc, new Jwks(oidc.jwks(), vertx, System::nanoTime), clock);
        made.refresh();
        return made;
    }
}
