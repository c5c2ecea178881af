package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.upstream.cluster.Cluster;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization of one listener's requests, as its event loops share it: who is asked, which decisions are remembered, and
 * which checks are under way. Safe for many threads.
 */
public final class ListenerAuth {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerAuth.class);

    /** Checks under way at a time; beyond that there is no decision. */
    private static final int MOST = 4096;

    private final String listener;
    private final AuthConfig config;
    private final Authorizer authorizer;
    private final Cluster cluster;
    private final @Nullable DecisionCache cache;
    private final ConcurrentHashMap<CheckKey, SharedCheck> shared = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<AuthCounts> loops = new CopyOnWriteArrayList<>();
    private volatile String problem = "";

    ListenerAuth(String listener, AuthConfig config, Cluster cluster, long heap) {
        this.listener = listener;
        this.config = config;
        this.cluster = cluster;
        boolean grpc = config.authorizer().protocol() == AuthConfig.Protocol.GRPC;
        this.authorizer = grpc ? new GrpcAuthorizer(config, listener) : new HttpAuthorizer(config);
        this.cache = config.memory().time().isZero() ? null : new DecisionCache(config.memory(), heap);
    }

    AuthCounts newCounts() {
        AuthCounts counts = new AuthCounts();
        loops.add(counts);
        return counts;
    }

    AuthConfig config() {
        return config;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    Cluster cluster() {
        return cluster;
    }

    /** Null where nothing is remembered. */
    @Nullable
    DecisionCache cache() {
        return cache;
    }

    /** Equal checks under way; only where decisions are remembered are they the same for several requests. */
    ConcurrentHashMap<CheckKey, SharedCheck> shared() {
        return shared;
    }

    /** Takes a place among the checks under way; false if there is none. */
    boolean enter() {
        if (underWay.incrementAndGet() <= MOST) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    void leave() {
        underWay.decrementAndGet();
    }

    /** The authorizer decides, or does not and why; logged when that changes. */
    void settled(AuthDecision decision) {
        boolean none = decision.kind() == AuthDecision.Kind.NONE;
        String now = none ? decision.detail() : "";
        if (now.equals(problem)) {
            return;
        }
        problem = now;
        if (none) {
            LOG.atWarn()
                    .addKeyValue("listener", listener)
                    .addKeyValue("authorizer", config.authorizer().address())
                    .addKeyValue("reason", now)
                    .log("the authorizer gives no decision");
        } else {
            LOG.atInfo()
                    .addKeyValue("listener", listener)
                    .addKeyValue("authorizer", config.authorizer().address())
                    .log("the authorizer decides again");
        }
    }

    /** The listener's name. */
    public String listener() {
        return listener;
    }

    /** Decisions that are remembered. */
    public long remembered() {
        return cache == null ? 0 : cache.count();
    }

    /** Checks under way. */
    public int underWay() {
        return underWay.get();
    }

    /** Requests by what became of them. */
    public AuthSums sums() {
        return new AuthSums(this::sum);
    }

    private long sum(ToLongFunction<AuthCounts> count) {
        return loops.stream().mapToLong(count).sum();
    }
}
