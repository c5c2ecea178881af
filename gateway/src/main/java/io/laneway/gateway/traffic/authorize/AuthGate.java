package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.RequestTime;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.gate.HandBack;
import org.jspecify.annotations.Nullable;

/**
 * The authorization of one exchange, behind routing: the configured authorizer is asked whether the request may pass, unless the
 * decision on an equal one is remembered; what that one wants changed on the head is changed, and what strangers say under its
 * names is taken off in any case. Confined to one event loop; one for each exchange of a listener with {@code auth}.
 */
public final class AuthGate implements Gate {

    private static final byte[] NOTHING = {};
    private static final int BAD_REQUEST = 400;

    private static final Failure TOO_LARGE = Failure.gateway(
            Stage.ROUTE, 413, ResponseFlag.UAEX, "the body is larger than what is sent to the authorizer");

    private final ExchangeContext context;
    private final LoopAuth auth;
    private final AuthConfig config;
    private final GateWait wait;
    private final RequestTime time;
    private @Nullable HandBack<AuthDecision> pending;
    private @Nullable CheckKey asked;
    private @Nullable AuthDecision decision;
    private @Nullable Failure refusal;
    private boolean collecting;
    private boolean wanted;

    public AuthGate(ExchangeContext context, LoopAuth auth, GateWait wait) {
        this.context = context;
        this.auth = auth;
        this.config = auth.listener().config();
        this.wait = wait;
        this.time = new RequestTime(context, config.timeout().toNanos());
    }

    /** Whether requests are asked for where neither route nor service says. */
    public boolean required() {
        return config.require();
    }

    /** Whether this request is asked for. */
    public void demand(boolean demanded) {
        wanted = demanded;
    }

    @Override
    public boolean settle() {
        decision = null;
        refusal = null;
        asked = null;
        collecting = false;
        if (!wanted) {
            auth.strip(context.request().lines());
            return true;
        }
        if (!tellsBody()) {
            return look(NOTHING);
        }
        if (!config.include().partial()
                && context.request().bodyLength() > config.include().body()) {
            refuse(TOO_LARGE);
            return true;
        }
        wait.within(time.forBody());
        collecting = !wait.collect(config.include().body());
        return !collecting && lookWithBody();
    }

    /** A stream may wait for a response before it sends more, so that only requests with an end of their own are waited for. */
    private boolean tellsBody() {
        return config.include().body() > 0
                && !context.switching()
                && !context.grpc().active();
    }

    @Override
    public void collected() {
        collecting = false;
        if (lookWithBody()) {
            wait.settled(this);
        }
    }

    private boolean lookWithBody() {
        int most = config.include().body();
        byte[] body = wait.body(most + 1);
        if (body.length <= most) {
            return look(body);
        }
        if (config.include().partial()) {
            return look(wait.body(most));
        }
        refuse(TOO_LARGE);
        return true;
    }

    /** Whether the request is settled, as its decision is remembered or cannot be had; else it is asked for. */
    private boolean look(byte[] body) {
        DecisionCache cache = auth.listener().cache();
        CheckKey key = null;
        if (cache != null) {
            key = auth.keys().of(context, body);
            RememberedDecision known = cache.find(key);
            if (known != null && known.isFresh(context.loop().now())) {
                auth.counts().remembered.increment();
                decide(known.decision());
                return true;
            }
            key = key.copy();
            asked = key;
        }
        HandBack<AuthDecision> waiting = new HandBack<>(context.loop(), this::decided);
        pending = waiting;
        if (!auth.ask(context, key, body, waiting)) {
            cancel();
            decide(AuthDecision.none("too many checks are under way"));
            return true;
        }
        wait.within(time.left());
        return false;
    }

    private void decided(AuthDecision result) {
        pending = null;
        decide(result);
        wait.settled(this);
    }

    @Override
    public void expired() {
        cancel();
        if (collecting) {
            collecting = false;
            refuse(Failure.SLOW_REQUEST_BODY);
        } else if (time.isOver()) {
            refuse(Failure.REQUEST_TIMEOUT);
        } else {
            decide(stale());
        }
    }

    private AuthDecision stale() {
        DecisionCache cache = auth.listener().cache();
        CheckKey key = asked;
        RememberedDecision known = cache == null || key == null
                ? null
                : cache.stale(key, context.loop().now());
        if (known == null) {
            return AuthDecision.none("it did not respond in time");
        }
        auth.counts().stale.increment();
        return known.decision();
    }

    @Override
    public void cancel() {
        HandBack<AuthDecision> waiting = pending;
        pending = null;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    private void refuse(Failure why) {
        refusal = why;
        auth.strip(context.request().lines());
    }

    private void decide(AuthDecision result) {
        RequestHead head = context.request();
        auth.strip(head.lines());
        switch (result.kind()) {
            case ALLOWED -> allow(head, result);
            case DENIED -> {
                auth.counts().denied.increment();
                decision = result;
                refusal = new Failure(
                        Failure.Side.GATEWAY, Stage.ROUTE, result.status(), null, ResponseFlag.UAEX, result.detail());
            }
            case NONE -> {
                if (config.failure() == AuthConfig.Failure.ALLOW) {
                    auth.counts().failedAllowed.increment();
                } else {
                    auth.counts().failedDenied.increment();
                    refusal = Failure.gateway(
                            Stage.ROUTE, config.status(), ResponseFlag.UAEX, "the authorizer gives no decision");
                }
            }
        }
    }

    private void allow(RequestHead head, AuthDecision result) {
        auth.counts().allowed.increment();
        result.applyTo(head.lines());
        QueryEdit query = result.query();
        if (query != null) {
            query.apply(head);
        }
        if (result.edits()) {
            context.responseEdit(result);
        }
    }

    @Override
    public @Nullable Denial denial() {
        Failure why = refusal;
        if (why == null) {
            return null;
        }
        AuthDecision said = decision;
        if (said == null) {
            return Denial.of(why, lines -> {});
        }
        boolean bodiless = said.body().length == 0 && why.status() >= BAD_REQUEST;
        return new Denial(why, said::respond, bodiless ? null : said.body());
    }
}
