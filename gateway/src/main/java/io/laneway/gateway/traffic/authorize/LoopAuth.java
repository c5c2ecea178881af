package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one event loop has of one listener's authorization. Confined to that loop. */
public final class LoopAuth {

    private final ListenerAuth listener;
    private final UpstreamEnvironment upstreams;
    private final AuthCounts counts;
    private final CheckKeys keys;
    private final @Nullable HeaderEdit strangers;

    /** With counts of its own. Any thread. */
    public LoopAuth(ListenerAuth listener, UpstreamEnvironment upstreams) {
        this.listener = listener;
        this.upstreams = upstreams;
        this.counts = listener.newCounts();
        this.keys = new CheckKeys(
                listener.config(), new IncludedHeaders(listener.config().include()).names());
        this.strangers = listener.config().upstreamHeaders().isEmpty()
                ? null
                : HeaderEdit.removing(listener.config().upstreamHeaders());
    }

    ListenerAuth listener() {
        return listener;
    }

    AuthCounts counts() {
        return counts;
    }

    CheckKeys keys() {
        return keys;
    }

    /** Takes off what a client says under names that are the authorizer's. */
    void strip(HeaderLines lines) {
        if (strangers != null) {
            strangers.removeTwins(lines);
            strangers.apply(lines);
        }
    }

    /**
     * Asks, or waits for an equal check.
     *
     * @param key    null where decisions are not remembered
     * @param waiter is called once, by any thread
     * @return whether it is to be called
     */
    boolean ask(ExchangeContext context, @Nullable CheckKey key, byte[] body, Consumer<AuthDecision> waiter) {
        SharedCheck check = new SharedCheck();
        if (key != null) {
            SharedCheck before = listener.shared().putIfAbsent(key, check);
            if (before != null) {
                counts.shared.increment();
                before.join(waiter);
                return true;
            }
        }
        if (!listener.enter()) {
            forget(key, check);
            check.decided(AuthDecision.none("too many checks are under way"));
            return false;
        }
        check.join(waiter);
        counts.asked.increment();
        long within = listener.config().timeout().toNanos();
        long began = upstreams.loop().now();
        new AuthorizerCall(
                        upstreams,
                        listener.cluster(),
                        listener.authorizer(),
                        listener.authorizer().check(context, body, within),
                        decision -> over(key, check, decision, began))
                .begin(within);
        return true;
    }

    private void over(@Nullable CheckKey key, SharedCheck check, AuthDecision decision, long began) {
        long now = upstreams.loop().now();
        counts.durations.add(now - began);
        listener.leave();
        listener.settled(decision);
        DecisionCache cache = listener.cache();
        AuthDecision counting = decision;
        if (decision.kind() == AuthDecision.Kind.NONE) {
            counts.errors.increment();
            RememberedDecision known = cache == null || key == null ? null : cache.stale(key, now);
            if (known != null) {
                counts.stale.increment();
                counting = known.decision();
            }
        } else if (cache != null && key != null) {
            cache.add(key, decision, now);
        }
        forget(key, check);
        check.decided(counting);
    }

    private void forget(@Nullable CheckKey key, SharedCheck check) {
        if (key != null) {
            listener.shared().remove(key, check);
        }
    }
}
