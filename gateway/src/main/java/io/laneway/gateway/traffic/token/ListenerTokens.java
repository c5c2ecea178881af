package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.traffic.verified.VerifiedTexts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The tokens of one listener: which count, those that were verified, and what was counted. Safe for many threads. */
public final class ListenerTokens {

    private final String listener;
    private final JwtConfig config;
    private final IdentityHeaders headers;
    private final VerifiedTexts<VerifiedToken> cache;
    private final TokenVerifier verifier;
    private final List<TokenCounts> loops = new CopyOnWriteArrayList<>();

    ListenerTokens(
            String listener,
            JwtConfig config,
            Function<JwtConfig.Issuer, IssuerKeys> keys,
            Executor worker,
            Clock clock,
            long heap) {
        this.listener = listener;
        this.config = config;
        this.headers = new IdentityHeaders(config.headers());
        this.cache = VerifiedTexts.of(heap);
        this.verifier = new TokenVerifier(config, keys, headers, cache, worker, clock);
    }

    void start() {
        verifier.start();
    }

    /** For one event loop more. */
    TokenCounts newCounts() {
        TokenCounts counts = new TokenCounts();
        loops.add(counts);
        return counts;
    }

    JwtConfig config() {
        return config;
    }

    IdentityHeaders headers() {
        return headers;
    }

    VerifiedTexts<VerifiedToken> cache() {
        return cache;
    }

    TokenVerifier verifier() {
        return verifier;
    }

    /** The listener's name. */
    public String listener() {
        return listener;
    }

    /** Tokens that are remembered. */
    public int remembered() {
        return cache.count();
    }

    /** Requests whose token was found among those remembered. */
    public long found() {
        return loops.stream().mapToLong(loop -> loop.found.get()).sum();
    }

    /** Requests whose token was verified first. */
    public long verified() {
        return loops.stream().mapToLong(loop -> loop.verified.get()).sum();
    }

    /** Requests whose token did not count, or that lacked one. */
    public long refused(TokenRefusal refusal) {
        return loops.stream().mapToLong(loop -> loop.refused(refusal).get()).sum();
    }

    /** What is known of the issuers' keys. */
    public List<KeyStatus> keys() {
        List<KeyStatus> all = new ArrayList<>();
        for (IssuerKeys keys : verifier.keys()) {
            TokenKeys now = keys.now();
            all.add(new KeyStatus(keys.issuer(), now == null ? 0 : now.keys().size(), keys.fetched(), keys.failed()));
        }
        return all;
    }

    /**
     * What is known of an issuer's keys. Immutable.
     *
     * @param keys    how many are in force
     * @param fetched how often they were read
     * @param failed  how often they could not be read
     */
    public record KeyStatus(String issuer, int keys, long fetched, long failed) {}
}
