package io.laneway.gateway.traffic.mirror;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.traffic.context.ExchangeTrace.CopyTrace;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.LoopCluster;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.router.policy.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The copies in flight from one listener on one event loop, so many at most that dead or slow mirrors can take
 * neither memory nor connections without bound. Confined to that loop.
 */
public final class MirrorSlots {

    /** With {@link MirrorRequest#MAX_HELD} each, the memory that copies may hold. */
    static final int MAX = 256;

    private final UpstreamEnvironment upstreams;
    private int running;

    public MirrorSlots(UpstreamEnvironment upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Sends a copy. The endpoint's response is read and dropped.
     *
     * @param head of the copy, which is the copy's own
     * @param bare whether no body follows
     * @param trace follows it for its span, null if nothing is traced
     * @return where its body goes, null if it was dropped
     */
    public @Nullable MirrorRequest send(Cluster to, RequestHead head, boolean bare, @Nullable CopyTrace trace) {
        LoopCluster part = to.on(upstreams);
        CircuitBreaker breaker = to.breaker();
        Limits limits = to.policy().limits();
        EndpointPool pool = running < MAX ? part.pick(head, List.of(), 0, null) : null;
        if (pool == null || (limits != null && !breaker.enter(limits.maxRequests()))) {
            part.stats().mirrorsDropped.increment();
            return null;
        }
        running++;
        MirrorRequest copy = new MirrorRequest(
                upstreams.loop(), this::ended, pool, head, bare, limits == null ? null : breaker, trace);
        copy.begin(to.policy().timeouts().request());
        return copy.over() ? null : copy;
    }

    private void ended() {
        running--;
    }
}
