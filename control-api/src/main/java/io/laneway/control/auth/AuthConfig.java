package io.laneway.control.auth;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How callers are told apart, beside the tokens of the store. Immutable.
 *
 * @param oidc         an issuer of JWTs, null for none
 * @param certificates roles by the subject of a verified client certificate, such as {@code CN=release-tool}
 */
public record AuthConfig(@Nullable Oidc oidc, Map<String, Role> certificates) {

    /** The tokens of the store alone. */
    public static final AuthConfig NONE = new AuthConfig(null, Map.of());

    public AuthConfig {
        certificates = Map.copyOf(certificates);
    }

    /**
     * An issuer of JWTs.
     *
     * @param issuer    what {@code iss} must say
     * @param jwks      where its keys are
     * @param audience  what {@code aud} must hold, empty for anything
     * @param roleClaim the claim that names the role, or a list that holds it
     * @param laneClaim the claim that may hold a pattern of lanes
     */
    public record Oidc(String issuer, URI jwks, String audience, String roleClaim, String laneClaim) {
        public Oidc {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(jwks, "jwks");
            Objects.requireNonNull(audience, "audience");
            Objects.requireNonNull(roleClaim, "roleClaim");
            Objects.requireNonNull(laneClaim, "laneClaim");
        }

        /** With the claims {@code laneway_role} and {@code laneway_lanes}. */
        public static Oidc of(String issuer, URI jwks, String audience) {
            return new Oidc(issuer, jwks, audience, "laneway_role", "laneway_lanes");
        }
    }
}
