package io.laneway.gateway.traffic.interest;

import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.gate.HandBack;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Reason;
import io.laneway.router.request.Authority;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a request waits whose host, and then whose lane, the gateway has not asked about. It is decided by the table that
 * there is when the answer does not come in time, or when there is no one to ask: then a host that the part does not have
 * is taken for one that no service has. Confined to one event loop; one for each exchange.
 */
public final class InterestGate implements Gate {

    /** A control API answers within some milliseconds. A request that is decided wrongly is worse than one that waits. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ExchangeContext context;
    private final ListenerContext listener;
    private final LoopInterests mine;
    private final GateWait wait;
    private final Slice authority = new Slice();
    private final Slice name = new Slice();
    private @Nullable HandBack<Boolean> pending;

    public InterestGate(ExchangeContext context, ListenerContext listener, LoopInterests mine, GateWait wait) {
        this.context = context;
        this.listener = listener;
        this.mine = mine;
        this.wait = wait;
    }

    @Override
    public boolean settle() {
        if (hostIsFollowed() && laneIsFollowed()) {
            return true;
        }
        wait.within(MOST_NANOS);
        return false;
    }

    private boolean hostIsFollowed() {
        if (listener.traits().service() != null || !mine.interests().asks()) {
            return true;
        }
        context.request().authority(authority);
        Authority.host(authority, name);
        if (name.length() == 0 || mine.interests().follows(name)) {
            return true;
        }
        mine.interests().ask(text(), awaited(answered -> hostAnswered()));
        return false;
    }

    private boolean laneIsFollowed() {
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        if (table == null || !mine.interests().asks()) {
            return true;
        }
        mine.decider().decide(table, listener.traits(), context.request(), mine.decision());
        if (mine.decision().reason() != Reason.LANE_UNKNOWN) {
            return true;
        }
        mine.decision().unknownSlug(name);
        if (name.length() == 0 || mine.interests().followsLane(name)) {
            return true;
        }
        mine.interests().askLane(text(), awaited(answered -> wait.settled(this)));
        return false;
    }

    private void hostAnswered() {
        if (laneIsFollowed()) {
            wait.settled(this);
        }
    }

    private HandBack<Boolean> awaited(Consumer<Boolean> then) {
        HandBack<Boolean> waiting = new HandBack<>(context.loop(), answered -> {
            pending = null;
            then.accept(answered);
        });
        pending = waiting;
        return waiting;
    }

    private String text() {
        return new String(name.array(), name.offset(), name.length(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public @Nullable Denial denial() {
        return null;
    }

    @Override
    public void expired() {
        cancel();
    }

    @Override
    public void cancel() {
        HandBack<Boolean> waiting = pending;
        pending = null;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
