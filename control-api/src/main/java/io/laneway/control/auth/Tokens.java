package io.laneway.control.auth;

import io.laneway.control.auth.AuthConfig.FirstToken;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.RowFilter;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.TokenRows.TokenRow;
import io.laneway.router.text.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens. The secret is shown once, when it is made; the store keeps its SHA-256 only. A secret has 256 bits of
 * chance, so a fast hash is enough. Safe for many threads; blocks.
 */
public final class Tokens {

    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final int SECRET_BYTES = 32;

    /** What every secret starts with, so that scanners for leaked secrets can find it. */
    public static final String PREFIX = "lwy_";

    private final ControlStore store;
    private final Clock clock;
    private final SecureRandom random;

    public Tokens(ControlStore store, Clock clock, SecureRandom random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** A token that was just made. */
    public record Made(TokenRow token, String secret) {}

    /**
     * Makes a token.
     *
     * @param pattern of the lanes it may change, empty for all; of the gateways it speaks for in role {@code gateway}
     * @param ttl     how long it holds, null for ever
     */
    public Made make(String subject, Role role, String pattern, @Nullable Duration ttl) {
        return make(Author.itself(""), subject, role, pattern, ttl);
    }

    /** Makes a token for a call. */
    public Made make(Author by, String subject, Role role, String pattern, @Nullable Duration ttl) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        long now = clock.millis();
        TokenRow token = new TokenRow(
                UUID.randomUUID().toString(),
                hash(secret),
                subject,
                role.word(),
                pattern,
                now,
                ttl == null ? 0 : now + ttl.toMillis());
        store.tokens().add(token, audit(by, "create", token));
        return new Made(token, secret);
    }

    /** Gives a store that holds no token yet its first ones; of replicas that start at once one does. */
    public void first(List<FirstToken> wanted) {
        long now = clock.millis();
        List<TokenRow> rows = wanted.stream()
                .distinct()
                .map(t -> new TokenRow(
                        UUID.randomUUID().toString(),
                        hash(t.secret()),
                        t.subject(),
                        t.role().word(),
                        t.gateways(),
                        now,
                        0))
                .toList();
        if (!rows.isEmpty() && store.tokens().addFirst(rows, noted(rows))) {
            log.atInfo().addKeyValue("tokens", rows.size()).log("the store got its first tokens");
        }
    }

    /** Every token, the expired ones too. */
    public List<TokenRow> all() {
        return store.tokens().all();
    }

    /** Revokes a token; false if it was revoked meanwhile. */
    public boolean revoke(Author by, TokenRow token) {
        return store.tokens().remove(token.id(), audit(by, "revoke", token));
    }

    private AuditRow audit(Author by, String action, TokenRow token) {
        String detail = token.role() + " " + token.subject() + (token.pattern().isEmpty() ? "" : " " + token.pattern());
        return new AuditRow(0, clock.millis(), by.who(), by.origin(), by.why(), action, "token " + token.id(), detail);
    }

    private AuditRow noted(List<TokenRow> tokens) {
        String detail = tokens.stream().map(TokenRow::subject).collect(Collectors.joining(", "));
        Author by = Author.itself("the store held no token");
        return new AuditRow(0, clock.millis(), by.who(), by.origin(), by.why(), "create", "first tokens", detail);
    }

    /** What was done with tokens, newest first. */
    public List<AuditRow> audit(long before, int limit, RowFilter filter) {
        return store.history().audit(before, limit, filter);
    }

    /** Who a secret belongs to, if it is known and holds. */
    Optional<Principal> find(String secret) {
        return store.tokens()
                .byHash(hash(secret))
                .filter(token -> token.expires() == 0 || token.expires() > clock.millis())
                .map(Tokens::principal);
    }

    private static Principal principal(TokenRow token) {
        long until = token.expires() == 0 ? Long.MAX_VALUE : token.expires();
        Proof proof = new Proof(Proof.Kind.TOKEN, token.id(), until);
        return Principal.of(token.subject(), Role.parse(token.role()), token.pattern(), proof);
    }

    /** The ids of the tokens that hold now. */
    Set<String> holding() {
        long now = clock.millis();
        return store.tokens().all().stream()
                .filter(token -> token.expires() == 0 || token.expires() > now)
                .map(TokenRow::id)
                .collect(Collectors.toSet());
    }

    long now() {
        return clock.millis();
    }

    private static String hash(String secret) {
        return HexFormat.of().formatHex(Sha256.of(secret));
    }
}
