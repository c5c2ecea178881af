package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.traffic.token.JsonMembers.Kind;
import io.laneway.gateway.traffic.token.JsonMembers.Value;
import io.laneway.gateway.traffic.verified.VerifiedTexts;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one listener: 1 parts → 2 kind → 3 issuer → 4 claims → 5 key → 6 signature. Works on threads of its
 * own, none of which waits: where a key is not known, the token's turn comes again when the keys were read. Safe for many
 * threads.
 */
final class TokenVerifier {

    /** Tokens that wait for keys at most, so that forged ones cannot pile up. */
    private static final int MOST_WAITING = 1024;

    private final JwtConfig config;
    private final Map<String, TrustedIssuer> issuers;
    private final IdentityHeaders headers;
    private final VerifiedTexts<VerifiedToken> cache;
    private final Executor worker;
    private final Clock clock;
    private final AtomicInteger waiting = new AtomicInteger();

    TokenVerifier(
            JwtConfig config,
            Function<JwtConfig.Issuer, IssuerKeys> keys,
            IdentityHeaders headers,
            VerifiedTexts<VerifiedToken> cache,
            Executor worker,
            Clock clock) {
        this.config = config;
        this.issuers = config.issuers().stream()
                .map(issuer -> TrustedIssuer.of(issuer, keys.apply(issuer)))
                .collect(Collectors.toUnmodifiableMap(issuer -> issuer.config().issuer(), Function.identity()));
        this.headers = headers;
        this.cache = cache;
        this.worker = worker;
        this.clock = clock;
    }

    /** Begins to read keys. */
    void start() {
        issuers.values().forEach(issuer -> issuer.keys().start(() -> keysChanged(issuer)));
    }

    /** What was verified by a key that is withdrawn does not count any more. */
    private void keysChanged(TrustedIssuer issuer) {
        TokenKeys now = issuer.keys().now();
        if (now != null) {
            cache.forget(token -> token.isWithdrawn(issuer.config().issuer(), now));
        }
    }

    /** Verifies a token, and says on any thread what came of it; false if too many wait already. */
    boolean verify(byte[] token, Consumer<TokenResult> done) {
        try {
            worker.execute(() -> settle(token, done));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void settle(byte[] token, Consumer<TokenResult> done) {
        long now = clock.millis();
        VerifiedToken known = cache.find(token, 0, token.length);
        if (known != null && known.counts(now)) {
            done.accept(TokenResult.of(known));
            return;
        }
        TokenText text = TokenText.of(token);
        ReadToken read = text == null ? null : new ReadToken(token, text, issuer(text));
        TokenRefusal refusal = read == null ? TokenRefusal.MALFORMED : refusal(read, now);
        if (refusal != null || read == null || read.issuer() == null) {
            done.accept(TokenResult.of(refusal == null ? TokenRefusal.ISSUER : refusal));
            return;
        }
        byKey(read, read.issuer(), done);
    }

    private @Nullable TrustedIssuer issuer(TokenText text) {
        Value name = text.claims().of("iss");
        return name != null && name.kind() == Kind.TEXT ? issuers.get(name.text()) : null;
    }

    /** What is wrong with a token before its signature is looked at; null for nothing. */
    private @Nullable TokenRefusal refusal(ReadToken token, long now) {
        JsonMembers header = token.text().header();
        if (!VerificationKey.isAlgorithm(token.algorithm()) || header.has("crit") || header.has("b64")) {
            return TokenRefusal.UNSUPPORTED;
        }
        if (!token.isWellTyped("kid") || !token.isWellTyped("typ")) {
            return TokenRefusal.MALFORMED;
        }
        TrustedIssuer issuer = token.issuer();
        if (issuer == null) {
            return TokenRefusal.ISSUER;
        }
        if (!issuer.takes(token.headerText("typ"))) {
            return TokenRefusal.UNSUPPORTED;
        }
        TokenRefusal times = token.claims().refusal(now, config.skew());
        if (times != null) {
            return times;
        }
        return token.claims().isFor(issuer.config().audiences()) ? null : TokenRefusal.AUDIENCE;
    }

    private void byKey(ReadToken token, TrustedIssuer issuer, Consumer<TokenResult> done) {
        TokenKeys keys = issuer.keys().now();
        boolean known = keys != null && keys.hasFor(token.algorithm(), token.keyId());
        if (keys != null && known) {
            VerificationKey signer = keys.signer(token.algorithm(), token.keyId(), token.text());
            if (signer != null) {
                done.accept(accepted(token, issuer, signer));
                return;
            }
            if (token.keyId() != null) {
                done.accept(TokenResult.of(TokenRefusal.SIGNATURE));
                return;
            }
        }
        afterKeys(token, issuer, keys, done);
    }

    /** Its key is not known, or it does not name one and may be of a new one. */
    private void afterKeys(
            ReadToken token, TrustedIssuer issuer, @Nullable TokenKeys before, Consumer<TokenResult> done) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            done.accept(TokenResult.of(before == null ? TokenRefusal.BUSY : TokenRefusal.UNKNOWN_KEY));
            return;
        }
        var unused = issuer.keys().afterUnknown().whenComplete((keys, error) -> {
            waiting.decrementAndGet();
            try {
                worker.execute(() -> done.accept(byFresh(token, issuer, before, keys)));
            } catch (RejectedExecutionException e) {
                done.accept(TokenResult.of(TokenRefusal.BUSY));
            }
        });
    }

    private TokenResult byFresh(
            ReadToken token, TrustedIssuer issuer, @Nullable TokenKeys before, @Nullable TokenKeys keys) {
        if (keys == null) {
            return TokenResult.of(TokenRefusal.NO_KEYS);
        }
        if (!keys.hasFor(token.algorithm(), token.keyId())) {
            return TokenResult.of(TokenRefusal.UNKNOWN_KEY);
        }
        VerificationKey signer =
                keys.equals(before) ? null : keys.signer(token.algorithm(), token.keyId(), token.text());
        return signer == null ? TokenResult.of(TokenRefusal.SIGNATURE) : accepted(token, issuer, signer);
    }

    private TokenResult accepted(ReadToken token, TrustedIssuer issuer, VerificationKey signer) {
        TokenClaims claims = token.claims();
        VerifiedToken verified =
                new VerifiedToken(token.bytes(), claims, signer, claims.end(config.skew()), headers.values(claims));
        cache.add(verified, clock.millis());
        // the key may have been withdrawn since it was looked at
        TokenKeys now = issuer.keys().now();
        if (now != null && verified.isWithdrawn(issuer.config().issuer(), now)) {
            cache.forget(other -> other.isSame(verified));
        }
        return TokenResult.of(verified);
    }

    /** The keys of all issuers. */
    java.util.List<IssuerKeys> keys() {
        return issuers.values().stream().map(TrustedIssuer::keys).toList();
    }
}
