package io.laneway.control.auth;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How callers are told apart, beside the tokens of the store. Immutable.
 *
 * @param oidc         an issuer of JWTs, null for none
 * @param certificates roles by the subject of a verified client certificate, such as {@code CN=release-tool}
 * @param first        tokens that a store gets that holds none yet
 */
public record AuthConfig(@Nullable Oidc oidc, Map<String, Role> certificates, List<FirstToken> first) {

    /** The tokens of the store alone. */
    public static final AuthConfig NONE = new AuthConfig(null, Map.of(), List.of());

    public AuthConfig {
        certificates = Map.copyOf(certificates);
        first = List.copyOf(first);
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

    /**
     * A token whose secret somebody else chose, such as the Secret of a cluster, so that an installation needs no hand
     * to make the first one. Immutable.
     */
    public record FirstToken(Role role, String secret) {

        private static final int MIN = 20;

        public FirstToken {
            Objects.requireNonNull(role, "role");
            if (secret.length() < MIN || secret.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
                throw new IllegalArgumentException("first token for role " + role.word() + ": " + secret.length()
                        + " characters (expected: " + MIN + " or more, visible ASCII)");
            }
        }

        /** The subject that the history names. */
        String subject() {
            return "first-" + role.word();
        }

        @Override
        public String toString() {
            return "FirstToken[" + role.word() + "]";
        }
    }
}
