package io.laneway.control.auth.oidc;

import io.laneway.control.auth.AuthConfig.Oidc;
import io.laneway.control.auth.Denied;
import io.laneway.control.auth.JwtIssuer;
import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Proof;
import io.laneway.control.auth.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JWTs against the keys that an OIDC issuer publishes: 1 claims → 2 key → 3 signature → 4 role. Keys are
 * fetched again on a timer, and when a token names one that is not known. Safe for many threads; nothing blocks.
 */
public final class OidcIssuer implements JwtIssuer {

    private final Oidc oidc;
    private final Jwks jwks;
    private final Clock clock;

    OidcIssuer(Oidc oidc, Jwks jwks, Clock clock) {
        this.oidc = oidc;
        this.jwks = jwks;
        this.clock = clock;
    }

    /** The issuer of a configuration; its keys are being fetched. */
    public static OidcIssuer of(Oidc oidc, Vertx vertx, Clock clock) {
        OidcIssuer made = new OidcIssuer(oidc, new Jwks(oidc.jwks(), vertx, System::nanoTime), clock);
        made.refresh();
        return made;
    }

    @Override
    public Future<Principal> verify(String token) {
        return Future.succeededFuture(token).map(JwtClaims::read).compose(claims -> {
            claims.check(oidc, clock.millis());
            return signed(token, claims);
        });
    }

    @Override
    public Future<Principal> verifyLogin(String token, String client, String nonce) {
        return Future.succeededFuture(token).map(JwtClaims::read).compose(claims -> {
            claims.check(oidc.withAudience(client), clock.millis());
            if (!MessageDigest.isEqual(bytes(claims.text("nonce")), bytes(nonce))) {
                throw Denied.unknown("nonce: not that of this login");
            }
            if (!claims.text("azp").isEmpty() && !claims.text("azp").equals(client)) {
                throw Denied.unknown("azp: not this client");
            }
            return signed(token, claims).map(OidcIssuer::person);
        });
    }

    private static Principal person(Principal who) {
        if (who.role() == Role.GATEWAY) {
            throw Denied.insufficient("role gateway (expected: viewer, joiner, releaser or admin, to log in)");
        }
        return who;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Future<Principal> signed(String token, JwtClaims claims) {
        KeySet now = jwks.now();
        String key = claims.key();
        if (now != null && (key == null || now.has(key))) {
            Future<Principal> first = by(now, token, claims);
            // A token that names no key may be of a new one.
            return key != null
                    ? first
                    : first.recover(error -> error instanceof Denied denied && denied.status() == 401
                            ? fresh(token, claims, now)
                            : Future.failedFuture(error));
        }
        return fresh(token, claims, now);
    }

    private Future<Principal> fresh(String token, JwtClaims claims, @Nullable KeySet old) {
        return Future.fromCompletionStage(jwks.afterUnknown()).compose(keys -> {
            if (keys == null) {
                return Future.failedFuture(Denied.unknown("the keys of the issuer cannot be fetched"));
            }
            return keys == old
                    ? Future.failedFuture(Denied.unknown("the token does not hold"))
                    : by(keys, token, claims);
        });
    }

    private Future<Principal> by(KeySet keys, String token, JwtClaims claims) {
        return keys.verify(token)
                .recover(error -> Future.failedFuture(Denied.unknown("the token does not hold")))
                .map(verified -> principal(claims, keys));
    }

    private Principal principal(JwtClaims claims, KeySet keys) {
        String subject = claims.text("sub");
        if (subject.isEmpty()) {
            throw Denied.unknown("the token has no sub");
        }
        Role role = role(claims.words(oidc.roleClaim()));
        if (role == null) {
            throw Denied.insufficient("claim " + oidc.roleClaim()
                    + " names no role (expected: gateway, flags, viewer, joiner, releaser or admin)");
        }
        String pattern = claims.text(role == Role.GATEWAY ? oidc.gatewayClaim() : oidc.laneClaim());
        if (role == Role.GATEWAY && pattern.isEmpty()) {
            throw Denied.insufficient("claim " + oidc.gatewayClaim() + " is missing (expected: gateway ids)");
        }
        Proof proof = new Proof(Proof.Kind.JWT, keys.fingerprint(claims.key()), claims.until());
        return Principal.of(subject, role, pattern, proof);
    }

    /** The highest role that the claim names. */
    private static @Nullable Role role(List<?> words) {
        Role highest = null;
        for (Role role : Role.values()) {
            if (words.contains(role.word())) {
                highest = role;
            }
        }
        return highest;
    }

    @Override
    public boolean holds(Proof proof) {
        KeySet now = jwks.now();
        return now != null && now.holds(proof.id());
    }

    @Override
    public void refresh() {
        jwks.refresh();
    }
}
