package io.laneway.control.auth;

import io.laneway.control.store.TokenRows.TokenRow;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, before the API listens, whether there is a client that may do all. Stateless. */
public final class AdminCheck {

    private static final Logger log = LoggerFactory.getLogger(AdminCheck.class);

    private AdminCheck() {}

    /**
     * Refuses to ask for client certificates that can mean nothing, which would leave either no client at all or, in
     * open mode, every client an admin. Warns where no client is an admin.
     *
     * @param clientCa whether client certificates are asked for
     * @param now      milliseconds since 1970
     * @throws IllegalArgumentException if no client could ever be authenticated
     */
    public static void look(AuthConfig config, boolean clientCa, List<TokenRow> tokens, long now) {
        boolean roles = !config.certificates().isEmpty();
        if (clientCa && !roles && config.oidc() == null && tokens.isEmpty()) {
            throw new IllegalArgumentException("client-ca: no subject has a role, and there is no token"
                    + " (expected: --client-role admin=SUBJECT, or --bootstrap-token-file FILE)");
        }
        if (clientCa && !roles) {
            log.atWarn().log("client certificates are asked for and give no role; map subjects with --client-role");
        }
        if (roles && !clientCa) {
            log.atWarn().log("--client-role gives roles to certificates that are not asked for; add --client-ca");
        }
        boolean open = config.oidc() == null && !roles && tokens.isEmpty();
        boolean admin = open
                || config.oidc() != null
                || (clientCa && config.certificates().containsValue(Role.ADMIN))
                || tokens.stream().anyMatch(token -> admin(token, now));
        if (!admin) {
            log.atWarn()
                    .log("no client is an admin, so none can make tokens or change services; give one with"
                            + " --client-role admin=SUBJECT, or start an empty store with --bootstrap-token-file FILE");
        }
    }

    private static boolean admin(TokenRow token, long now) {
        return token.role().equals(Role.ADMIN.word())
                && token.pattern().isEmpty()
                && (token.expires() == 0 || token.expires() > now);
    }
}
