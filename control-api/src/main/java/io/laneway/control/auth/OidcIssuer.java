package io.laneway.control.auth;

import io.laneway.control.auth.AuthConfig.Oidc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies JWTs against the keys that an OIDC issuer publishes (RFC 7517). Only asymmetric keys count, so nobody can
 * sign with what is public. Keys are fetched again when a token does not verify, at most twice a minute. Safe for many
 * threads; blocks.
 */
final class OidcIssuer implements JwtIssuer {

    private static final Logger log = LoggerFactory.getLogger(OidcIssuer.class);
    private static final Set<String> ASYMMETRIC = Set.of("RSA", "EC", "OKP");
    private static final long FETCH_EVERY_MS = 30_000;
    private static final int LEEWAY_SECONDS = 30;

    private final Oidc oidc;
    private final Vertx vertx;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable JWTAuth keys;
    private long fetched;

    OidcIssuer(Oidc oidc, Vertx vertx, Clock clock) {
        this.oidc = oidc;
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public Future<Principal> verify(String token) {
        JWTAuth now = keys(false);
        if (now == null) {
            return Future.failedFuture(Denied.unknown("the keys of the issuer cannot be fetched"));
        }
        TokenCredentials credentials = new TokenCredentials(token);
        return now.authenticate(credentials)
                .recover(error -> {
                    JWTAuth fresh = keys(true);
                    return fresh == null || fresh == now ? Future.failedFuture(error) : fresh.authenticate(credentials);
                })
                .recover(error -> Future.failedFuture(Denied.unknown("the token does not hold")))
                .compose(user -> principal(user.principal(), user.attributes()));
    }

    private Future<Principal> principal(JsonObject token, JsonObject attributes) {
        JsonObject claims = attributes.getJsonObject("accessToken", token);
        if (!claims.containsKey("exp") || claims.getString("sub") == null) {
            return Future.failedFuture(Denied.unknown("the token has no exp or no sub (expected: both)"));
        }
        Role role = role(claims.getValue(oidc.roleClaim()));
        return role == null
                ? Future.failedFuture(Denied.insufficient(
                        "claim " + oidc.roleClaim() + " names no role (expected: viewer, releaser or admin)"))
                : Future.succeededFuture(
                        new Principal(claims.getString("sub"), role, claims.getString(oidc.laneClaim(), "")));
    }

    /** The highest role that the claim names. */
    private static @Nullable Role role(@Nullable Object claim) {
        List<?> words = claim instanceof JsonArray list ? list.getList() : claim == null ? List.of() : List.of(claim);
        Role highest = null;
        for (Role role : Role.values()) {
            if (words.contains(role.word())) {
                highest = role;
            }
        }
        return highest;
    }

    private synchronized @Nullable JWTAuth keys(boolean anew) {
        long now = clock.millis();
        boolean due = keys == null || anew;
        if (due && (fetched == 0 || now - fetched >= FETCH_EVERY_MS)) {
            fetched = now;
            JWTAuth fresh = fetch();
            keys = fresh == null ? keys : fresh;
        }
        return keys;
    }

    private @Nullable JWTAuth fetch() {
        HttpRequest request = HttpRequest.newBuilder(oidc.jwks())
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            JWTOptions checks = new JWTOptions().setIssuer(oidc.issuer()).setLeeway(LEEWAY_SECONDS);
            if (!oidc.audience().isEmpty()) {
                checks.addAudience(oidc.audience());
            }
            JWTAuthOptions options = new JWTAuthOptions().setJWTOptions(checks);
            JsonArray jwks = new JsonObject(response.body()).getJsonArray("keys", new JsonArray());
            for (int i = 0; i < jwks.size(); i++) {
                if (ASYMMETRIC.contains(jwks.getJsonObject(i).getString("kty", ""))) {
                    options.addJwk(jwks.getJsonObject(i));
                }
            }
            return JWTAuth.create(vertx, options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).addKeyValue("jwks", oidc.jwks()).log("keys of the issuer not fetched");
            return null;
        }
    }
}
