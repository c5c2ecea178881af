package io.laneway.cli.control;

import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.AuthConfig.FirstToken;
import io.laneway.control.auth.Role;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the control API tells its clients apart, beside the tokens that it makes. */
final class AuthenticationOptions {

    /** The environment variable with the secret of a first admin token. */
    static final String FIRST_TOKEN = "LANEWAY_BOOTSTRAP_TOKEN";

    @Option(names = "--oidc-issuer", paramLabel = "URL", description = "issuer of JWTs that are taken as bearer tokens")
    private @Nullable String issuer;

    @Option(names = "--oidc-jwks", paramLabel = "URL", description = "where the issuer's keys are")
    private @Nullable String jwks;

    @Option(
            names = "--oidc-refresh",
            paramLabel = "TIME",
            description = "its keys are fetched again this often (default: ${DEFAULT-VALUE})",
            defaultValue = "5m")
    private String refresh;

    @Option(names = "--oidc-audience", description = "what their aud must hold", defaultValue = "")
    private String audience;

    @Option(
            names = "--oidc-client",
            paramLabel = "ID",
            description = "the id of this API at the issuer, by which browsers log in; with --link")
    private @Nullable String client;

    @Option(
            names = "--oidc-client-secret-file",
            paramLabel = "FILE",
            description = "the secret of that client, where it has one")
    private @Nullable Path clientSecret;

    @Option(
            names = "--client-role",
            paramLabel = "ROLE=SUBJECT",
            description = "role of a client certificate's subject, such as releaser=CN=release-tool;"
                    + " gateway=CN=edge-1 speaks for the gateway of that common name")
    private List<String> clientRoles = List.of();

    @Option(
            names = "--bootstrap-token-file",
            paramLabel = "[ROLE[:PATTERN]=]FILE",
            description =
                    "a secret for the first token of a store that has none yet, admin unless it says another role;"
                            + " gateway:PATTERN for the gateways of a pattern, gateway for all;"
                            + " or the variable " + FIRST_TOKEN)
    private List<String> firstTokens = List.of();

    /**
     * @param link where this API is reached, null if that is not said
     * @throws IllegalArgumentException if an option says what cannot be
     */
    AuthConfig config(@Nullable URI link) {
        if ((issuer == null) != (jwks == null)) {
            throw new IllegalArgumentException("--oidc-issuer: given alone (expected: with --oidc-jwks)");
        }
        URI keys = WebUrl.of("--oidc-jwks", jwks);
        AuthConfig.Oidc oidc = issuer == null || keys == null
                ? null
                : AuthConfig.Oidc.of(issuer, keys, audience)
                        .with(Durations.parse(refresh))
                        .with(login(link));
        if (oidc == null && client != null) {
            throw new IllegalArgumentException("--oidc-client: given alone (expected: with --oidc-issuer)");
        }
        return new AuthConfig(oidc, certificates(), first(System.getenv(FIRST_TOKEN)));
    }

    private AuthConfig.@Nullable Login login(@Nullable URI link) {
        if (client == null) {
            return null;
        }
        if (link == null) {
            throw new IllegalArgumentException(
                    "--oidc-client: given alone (expected: with --link, to which the issuer sends browsers back)");
        }
        return new AuthConfig.Login(
                client, clientSecret == null ? "" : secret("--oidc-client-secret-file", clientSecret), link);
    }

    private Map<String, Role> certificates() {
        Map<String, Role> roles = new LinkedHashMap<>();
        for (String text : clientRoles) {
            int at = text.indexOf('=');
            if (at < 0) {
                throw new IllegalArgumentException("--client-role: " + text + " (expected: ROLE=SUBJECT)");
            }
            roles.put(text.substring(at + 1), Role.parse(text.substring(0, at)));
        }
        return roles;
    }

    private List<FirstToken> first(@Nullable String variable) {
        List<FirstToken> tokens = new ArrayList<>();
        for (String text : firstTokens) {
            int at = text.indexOf('=');
            String[] who = at < 0
                    ? new String[] {Role.ADMIN.word()}
                    : text.substring(0, at).split(":", 2);
            Role role = Role.parse(who[0]);
            String secret = secret("--bootstrap-token-file", Path.of(text.substring(at + 1)));
            tokens.add(who.length == 1 ? new FirstToken(role, secret) : new FirstToken(role, secret, who[1]));
        }
        if (variable != null && !variable.isBlank()) {
            tokens.add(new FirstToken(Role.ADMIN, variable.strip()));
        }
        return tokens;
    }

    private static String secret(String option, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(option + ": " + file + " (expected: a file that can be read)", e);
        }
    }
}
