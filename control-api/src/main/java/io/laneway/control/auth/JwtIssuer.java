package io.laneway.control.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Verifies JWTs of an OIDC issuer (RFC 7519). Safe for many threads. */
public interface JwtIssuer {

    /** Who the token was issued to; fails with {@link Denied} if it does not hold. */
    Future<Principal> verify(String token);

    /** The issuer of a configuration; its keys are fetched with the first token. */
    static JwtIssuer of(AuthConfig.Oidc oidc, Vertx vertx, Clock clock) {
        return new OidcIssuer(oidc, vertx, clock);
    }
}
