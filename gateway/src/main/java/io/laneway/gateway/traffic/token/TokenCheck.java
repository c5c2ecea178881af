package io.laneway.gateway.traffic.token;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.gate.HandBack;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The token of one exchange: before its request is routed, the claims of a valid one are put on its head, and what strangers
 * say in identity headers is taken off. A token that was verified before costs a look; for another one the exchange waits,
 * as its gate. Confined to one event loop; one for each exchange of a listener with {@code jwt}.
 */
public final class TokenCheck implements Gate {

    private static final HeaderName AUTHORIZATION = HeaderName.of("authorization");
    private static final HeaderName CHALLENGE = HeaderName.of("www-authenticate");
    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");
    private static final int UNAUTHORIZED = 401;

    /** Bytes of a token at most. */
    private static final int MOST = 16 * 1024;

    private final ExchangeContext context;
    private final TokenCounts counts;
    private final ListenerTokens tokens;
    private final GateWait wait;
    private final long timeout;
    private final Slice value = new Slice();
    private @Nullable HandBack<TokenResult> pending;
    private @Nullable TokenRefusal refusal;
    private boolean demanded;

    public TokenCheck(ExchangeContext context, LoopTokens loop, GateWait wait) {
        this.context = context;
        this.counts = loop.counts();
        this.tokens = loop.listener();
        this.wait = wait;
        this.timeout = tokens.config().timeout().toNanos();
    }

    @Override
    public boolean settle() {
        HeaderLines lines = context.request().lines();
        context.request().claims(null);
        tokens.headers().strip(lines);
        refusal = find(lines);
        if (refusal != null) {
            return true;
        }
        VerifiedToken known = tokens.cache().find(value.array(), value.offset(), value.length());
        if (known == null) {
            return !await();
        }
        if (known.counts(context.facts().startedMillis)) {
            counts.found.increment();
            accept(known);
        } else {
            refuse(TokenRefusal.EXPIRED);
        }
        return true;
    }

    /** Points {@link #value} at the only token; a refusal if there is none or it is not worth a look. */
    private @Nullable TokenRefusal find(HeaderLines lines) {
        int line = lines.find(AUTHORIZATION, 0);
        if (line < 0) {
            return TokenRefusal.MISSING;
        }
        boolean several = lines.find(AUTHORIZATION, line + 1) >= 0;
        while (line >= 0) {
            lines.value(line, value);
            if (Bearer.is(value)) {
                if (several) {
                    return TokenRefusal.AMBIGUOUS;
                }
                Bearer.token(value);
                return value.length() > MOST ? TokenRefusal.TOO_LARGE : null;
            }
            line = lines.find(AUTHORIZATION, line + 1);
        }
        return TokenRefusal.MISSING;
    }

    /** Has the token verified; false if that is settled at once. */
    private boolean await() {
        byte[] token = Arrays.copyOfRange(value.array(), value.offset(), value.offset() + value.length());
        HandBack<TokenResult> waiting = new HandBack<>(context.loop(), this::verified);
        pending = waiting;
        if (!tokens.verifier().verify(token, waiting)) {
            pending = null;
            refuse(TokenRefusal.BUSY);
            return false;
        }
        wait.within(Math.max(1, Math.min(timeout, own())));
        return true;
    }

    /** What is left of the time that a call gives itself. A call from the web is none yet, but has its field. */
    private long own() {
        long call = GrpcCall.within(context.request().lines());
        return call > 0 ? call - (context.loop().now() - context.facts().started) : Long.MAX_VALUE;
    }

    @Override
    public void expired() {
        cancel();
        refuse(own() > 0 ? TokenRefusal.TIMEOUT : TokenRefusal.DEADLINE);
    }

    @Override
    public void cancel() {
        HandBack<TokenResult> waiting = pending;
        if (waiting != null) {
            waiting.cancel();
            pending = null;
        }
    }

    private void verified(TokenResult result) {
        pending = null;
        VerifiedToken token = result.token();
        if (token != null) {
            counts.verified.increment();
            accept(token);
        } else if (result.refusal() != null) {
            refuse(result.refusal());
        }
        wait.settled(this);
    }

    private void accept(VerifiedToken token) {
        RequestHead head = context.request();
        refusal = null;
        head.claims(token);
        tokens.headers().write(head.lines(), token);
        if (!tokens.config().forward()) {
            head.lines().remove(AUTHORIZATION);
        }
    }

    /** A token that cannot be verified now may be taken for none; then nothing behind the gateway is to believe it. */
    private void refuse(TokenRefusal why) {
        refusal = why;
        if (why.isOurs() && tokens.config().failure() == JwtConfig.Failure.ALLOW) {
            counts.refused(why).increment();
            context.request().lines().remove(AUTHORIZATION);
            refusal = TokenRefusal.MISSING;
        }
    }

    /** Whether the request needs a token. */
    public void demand(boolean required) {
        demanded = required;
    }

    @Override
    public @Nullable Denial denial() {
        TokenRefusal why = refusal;
        if (why == null || (why == TokenRefusal.MISSING && !demanded)) {
            return null;
        }
        counts.refused(why).increment();
        return Denial.of(why.failure(), lines -> challenge(lines, why));
    }

    private static void challenge(HeaderLines lines, TokenRefusal why) {
        if (why.failure().status() == UNAUTHORIZED) {
            lines.add(CHALLENGE, why.challenge());
        } else if (why.isOurs()) {
            lines.add(RETRY_AFTER, 1);
        }
    }

    /** Whether requests need a token where neither route nor service says. */
    public boolean required() {
        return tokens.config().require();
    }

    /** Whom it names is for our own services: a host that is none of them does not get it. */
    public void conceal() {
        tokens.headers().strip(context.request().lines());
    }
}
