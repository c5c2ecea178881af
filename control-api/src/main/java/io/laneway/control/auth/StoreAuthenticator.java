package io.laneway.control.auth;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows the tokens of the store, the JWTs of an issuer and the subjects of client certificates. While none of them is
 * set up, each client is {@linkplain Principal#ANONYMOUS anonymous}. Safe for many threads; blocks.
 */
public final class StoreAuthenticator implements Authenticator {

    private final Tokens tokens;
    private final @Nullable JwtIssuer issuer;
    private final Map<String, Role> certificates;
    private final @Nullable Sessions sessions;
    private volatile boolean anyToken;

    /**
     * @param certificates the roles of the subjects of client certificates
     * @param sessions     of browsers that logged in at the issuer, null where they cannot
     */
    public StoreAuthenticator(
            Tokens tokens, @Nullable JwtIssuer issuer, Map<String, Role> certificates, @Nullable Sessions sessions) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.issuer = issuer;
        this.certificates = Map.copyOf(certificates);
        this.anyToken = !tokens.all().isEmpty();
    }

    @Override
    public Future<Principal> authenticate(@Nullable String bearer, @Nullable String certificate) {
        if (bearer == null && certificate != null && certificates.containsKey(certificate)) {
            return Future.succeededFuture(presented(certificate, certificates.get(certificate)));
        }
        if (bearer == null) {
            return open()
                    ? Future.succeededFuture(Principal.ANONYMOUS)
                    : Future.failedFuture(Denied.unknown("no credentials (expected: Authorization: Bearer …)"));
        }
        Optional<Principal> known = tokens.find(bearer);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        return issuer == null || bearer.startsWith(Tokens.PREFIX)
                ? Future.failedFuture(Denied.unknown("the token is not known or has expired"))
                : issuer.verify(bearer);
    }

    @Override
    public String sessionCookie() {
        return sessions == null ? "" : sessions.cookie();
    }

    @Override
    public Optional<Session> session(String cookie) {
        Optional<Session> session = sessions == null ? Optional.empty() : sessions.open(cookie);
        return session.filter(
                one -> issuer != null && issuer.holds(one.principal().proof()));
    }

    /** A certificate of role {@code gateway} speaks for the gateway whose id is its common name. */
    private static Principal presented(String subject, Role role) {
        String pattern = role == Role.GATEWAY ? CommonName.of(subject) : "";
        return Principal.of(subject, role, pattern, new Proof(Proof.Kind.CERTIFICATE, subject, Long.MAX_VALUE));
    }

    @Override
    public Predicate<Principal> holding() {
        Set<String> known = tokens.holding();
        long now = tokens.now();
        return who -> switch (who.proof().kind()) {
            case OPEN -> open();
            case TOKEN -> known.contains(who.proof().id());
            case JWT ->
                issuer != null
                        && who.proof().until() > now
                        && issuer.holds(who.proof())
                        && (sessions == null || sessions.holds(who));
            case CERTIFICATE, LINK -> true;
        };
    }

    /** Fetches the issuer's keys again. */
    public void refreshKeys() {
        if (issuer != null) {
            issuer.refresh();
        }
    }

    @Override
    public boolean open() {
        return issuer == null && certificates.isEmpty() && !anyToken;
    }

    /**
     * Looks whether there are tokens by now, and which sessions were ended. Once there was one, credentials are asked for, also when the last one was
     * revoked, until the next start. Blocks.
     */
    public void refresh() {
        if (sessions != null) {
            sessions.look();
        }
        anyToken = anyToken || !tokens.all().isEmpty();
    }

    /** A token was made here: credentials are asked for at once. */
    public void tokenMade() {
        anyToken = true;
    }
}
