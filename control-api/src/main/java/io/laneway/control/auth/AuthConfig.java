package io.laneway.control.auth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How clients are authenticated, beside the tokens of the store. Immutable.
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
     * @param gatewayClaim the claim that must hold a pattern of gateway ids in role {@code gateway}
     * @param refresh   the keys are fetched again this often
     * @param login     how browsers log in at it, null if they do not
     */
    public record Oidc(
            String issuer,
            URI jwks,
            String audience,
            String roleClaim,
            String laneClaim,
            String gatewayClaim,
            Duration refresh,
            @Nullable Login login) {

        private static final Duration EVERY = Duration.ofMinutes(5);

        public Oidc {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(jwks, "jwks");
            Objects.requireNonNull(audience, "audience");
            Objects.requireNonNull(roleClaim, "roleClaim");
            Objects.requireNonNull(laneClaim, "laneClaim");
            Objects.requireNonNull(gatewayClaim, "gatewayClaim");
            if (refresh.isNegative() || refresh.isZero()) {
                throw new IllegalArgumentException("refresh: " + refresh + " (expected: above 0)");
            }
        }

        /** The same with another time between fetches of the keys. */
        public Oidc with(Duration other) {
            return new Oidc(issuer, jwks, audience, roleClaim, laneClaim, gatewayClaim, other, login);
        }

        /** The same for another audience. */
        public Oidc withAudience(String other) {
            return new Oidc(issuer, jwks, other, roleClaim, laneClaim, gatewayClaim, refresh, login);
        }

        /** The same, where browsers log in. */
        public Oidc with(@Nullable Login other) {
            return new Oidc(issuer, jwks, audience, roleClaim, laneClaim, gatewayClaim, refresh, other);
        }

        /** With the claims {@code laneway_role}, {@code laneway_lanes} and {@code laneway_gateways}. */
        public static Oidc of(String issuer, URI jwks, String audience) {
            return new Oidc(issuer, jwks, audience, "laneway_role", "laneway_lanes", "laneway_gateways", EVERY, null);
        }
    }

    /**
     * How browsers log in: by an authorization code with PKCE (RFC 7636). Immutable.
     *
     * @param client   the id of this API at the issuer
     * @param secret   of that client, empty for a public one
     * @param api      where browsers reach this API; the issuer sends them back to {@code /v1/login/callback} below it
     */
    public record Login(String client, String secret, URI api) {
        public Login {
            if (client.isBlank()) {
                throw new IllegalArgumentException("login: no client (expected: its id at the issuer)");
            }
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(api, "api");
        }

        /** Whether browsers come by TLS. */
        public boolean secure() {
            return "https".equalsIgnoreCase(api.getScheme());
        }

        @Override
        public String toString() {
            return "Login[" + client + " at " + api + "]";
        }
    }

    /**
     * A token whose secret was chosen elsewhere, such as the Secret of a cluster, so that an installation needs no hand
     * to make the first one. Immutable.
     *
     * @param gateways pattern of the ids that this role speaks for where it is that of gateways, empty for other roles
     */
    public record FirstToken(Role role, String secret, String gateways) {

        private static final int MIN = 20;

        /** One that is not limited, within its role. */
        public FirstToken(Role role, String secret) {
            this(role, secret, role == Role.GATEWAY ? "*" : "");
        }

        public FirstToken {
            if (gateways.isEmpty() == (role == Role.GATEWAY)) {
                throw new IllegalArgumentException("first token for role " + role.word() + ": gateways '" + gateways
                        + "' (expected: a pattern of gateway ids with role gateway alone)");
            }
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
