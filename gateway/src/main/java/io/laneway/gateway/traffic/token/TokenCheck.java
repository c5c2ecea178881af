package io.laneway.gateway.traffic.token;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The token of one exchange: before its request is routed, the claims of a valid one are put on its head, and what strangers
 * say in identity headers is taken off. A token that was verified before costs a look; for another one the exchange waits,
 * and what comes behind its head is held. Confined to one event loop; one for each exchange of a listener with {@code jwt}.
 */
public final class TokenCheck extends TimerEntry {

    private static final HeaderName AUTHORIZATION = HeaderName.of("authorization");
    private static final HeaderName CHALLENGE = HeaderName.of("www-authenticate");
    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");
    private static final int UNAUTHORIZED = 401;

    /** Bytes of a token at most. */
    private static final int MOST = 16 * 1024;

    /** The exchange. */
    public interface Listener extends RequestSink {

        /** The token is settled after a while; what was held of the request follows. */
        void tokenSettled();

        /** Whether the client is held back for another reason. */
        boolean holdsClient();
    }

    private final ExchangeContext context;
    private final TokenCounts counts;
    private final ListenerTokens tokens;
    private final Listener exchange;
    private final long timeout;
    private final HeldRequest held = new HeldRequest();
    private final Slice value = new Slice();
    private @Nullable PendingToken pending;
    private @Nullable TokenRefusal refusal;

    /** Counts exchanges, as this one may be over and used again when a call into it returns. */
    private int turn;

    public TokenCheck(ExchangeContext context, LoopTokens loop, Listener exchange) {
        this.context = context;
        this.counts = loop.counts();
        this.tokens = loop.listener();
        this.exchange = exchange;
        this.timeout = tokens.config().timeout().toNanos();
    }

    /** Begins for the request; false if {@link Listener#tokenSettled} is to follow. */
    public boolean settle() {
        turn++;
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
        PendingToken waiting = new PendingToken(context.loop(), this::verified);
        pending = waiting;
        if (!tokens.verifier().verify(token, waiting)) {
            pending = null;
            refuse(TokenRefusal.BUSY);
            return false;
        }
        context.loop().deadline(this, timeout);
        return true;
    }

    @Override
    protected void expired() {
        PendingToken waiting = pending;
        if (waiting != null) {
            waiting.cancel();
            pending = null;
            refuse(TokenRefusal.TIMEOUT);
            proceed();
        }
    }

    private void verified(TokenResult result) {
        pending = null;
        context.loop().wheel().clear(this);
        VerifiedToken token = result.token();
        if (token != null) {
            counts.verified.increment();
            accept(token);
        } else if (result.refusal() != null) {
            refuse(result.refusal());
        }
        proceed();
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

    /** Continues the exchange where it waited. It may end at any step, and this may serve another one then. */
    private void proceed() {
        int mine = turn;
        exchange.tokenSettled();
        while (turn == mine && held.handOn(exchange)) {
            // the next piece
        }
        if (turn == mine) {
            held.resume(!exchange.holdsClient());
        }
    }

    /** Why the request is not to be served, null if it is. */
    public @Nullable Failure denial(boolean required) {
        TokenRefusal why = refusal;
        if (why == null || (why == TokenRefusal.MISSING && !required)) {
            return null;
        }
        counts.refused(why).increment();
        return why.failure();
    }

    /** Adds what a client should know of a denial. */
    public void challenge(HeaderLines lines) {
        TokenRefusal why = refusal;
        if (why == null) {
            return;
        }
        if (why.failure().status() == UNAUTHORIZED) {
            lines.add(CHALLENGE, why.challenge());
        } else {
            lines.add(RETRY_AFTER, 1);
        }
    }

    /** Whether requests need a token where neither route nor service says. */
    public boolean required() {
        return tokens.config().require();
    }

    /** Who it names is for our own services: a host that is none of them is not told. */
    public void conceal() {
        tokens.headers().strip(context.request().lines());
    }

    /** Whether the exchange waits for its token. */
    public boolean waits() {
        return pending != null;
    }

    /** Whether it has waited so many nanoseconds too long. */
    public boolean isOverdue(long now, long slack) {
        return now - context.facts().started > timeout + slack;
    }

    /** Holds body bytes; takes ownership. */
    public void hold(ByteBuf data, boolean end) {
        held.data(data, end, context.downstream());
    }

    /** Holds trailers. */
    public void hold(HeaderLines trailers) {
        held.trailers(trailers);
    }

    /** The exchange is over. */
    public void clear() {
        turn++;
        PendingToken waiting = pending;
        if (waiting != null) {
            waiting.cancel();
            pending = null;
            context.loop().wheel().clear(this);
        }
        held.clear();
    }
}
