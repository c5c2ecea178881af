package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.balance.HashRing;
import io.laneway.gateway.upstream.balance.WeightedChoice;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.gateway.upstream.pool.ClusterPart;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.gateway.upstream.pool.EndpointPools;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.router.policy.Balancer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of a cluster: its pick among the endpoints and its counters. Confined to that loop.
 */
public final class LoopCluster implements ClusterPart {

    /**
     * Retries that may be in flight on a loop however few requests are, so that one request alone can be tried again.
     */
    private static final int MIN_RETRIES = 3;

    /** Requests in flight from which on an endpoint of the own zone is compared with those of others. */
    private static final int BUSY = 32;

    /** So many times as busy as another, for its weight, an endpoint of the own zone may be. */
    private static final long BUSIER = 4;

    /** How often a pick passes over endpoints that are new. */
    private static final int PATIENCE = 8;

    private final ClusterState cluster;
    private final UpstreamEnvironment upstreams;
    private final DeploymentStats stats;
    private int turn;
    private int retrying;
    private int waiting;

    LoopCluster(ClusterState cluster, UpstreamEnvironment upstreams) {
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.stats = upstreams.observer().deployment(cluster.service(), cluster.lane());
        this.turn = upstreams.loop().random().nextInt(1 << 16);
    }

    @Override
    public UpstreamSettings settings() {
        return cluster.settings();
    }

    @Override
    public CircuitBreaker breaker() {
        return cluster.breaker();
    }

    @Override
    public DeploymentStats stats() {
        return stats;
    }

    /**
     * The pool of the endpoint that takes the next request, or null if there is none.
     *
     * @param head  of the request, whose version may choose the protocol
     * @param tried endpoints to be taken only if there is no other
     * @param hash  the hash of the request's key, for a ring
     * @param session the client's session, null if its service keeps none
     */
    public @Nullable EndpointPool pick(
            RequestHead head, List<LiveEndpoint> tried, long hash, @Nullable SessionCookie session) {
        Candidates from = cluster.candidates();
        if (from.size() == 0) {
            return null;
        }
        if (from.grade() != Candidates.Grade.USABLE) {
            stats.panics.increment();
        }
        Sessions sessions = from.sessions();
        ClusterMember picked = session == null || sessions == null
                ? member(from, tried, hash)
                : kept(from, sessions, session, tried, hash);
        if (picked.elsewhere()) {
            stats.crossZone.increment();
        }
        return picked.pools(this, upstreams).suiting(head);
    }

    /** The pool of the endpoint that takes the next connection that is not looked into; null if there is none. */
    public @Nullable EndpointPool pickBare() {
        EndpointPools pools = pickPools();
        return pools == null ? null : pools.bare();
    }

    /** The same for what a connection carried whose TLS has ended here: by TLS again where the endpoints speak it. */
    public @Nullable EndpointPool pickContent() {
        EndpointPools pools = pickPools();
        return pools == null ? null : pools.content();
    }

    private @Nullable EndpointPools pickPools() {
        Candidates from = cluster.candidates();
        return from.size() == 0 ? null : member(from, List.of(), 0).pools(this, upstreams);
    }

    private ClusterMember kept(
            Candidates from, Sessions sessions, SessionCookie session, List<LiveEndpoint> tried, long hash) {
        ClusterMember before = sessions.find(session, tried);
        ClusterMember picked = before == null ? member(from, tried, hash) : before;
        session.chose(picked.session());
        return picked;
    }

    private ClusterMember member(Candidates from, List<LiveEndpoint> tried, long hash) {
        int place = from.size() == 1 ? 0 : choose(from, hash);
        return tried.isEmpty() ? from.member(place) : another(from, place, tried);
    }

    /** That place's endpoint, or the next after it that was not tried yet; first those of the own zone if it is of that. */
    private ClusterMember another(Candidates from, int place, List<LiveEndpoint> tried) {
        int near = place < from.locals() ? from.locals() : from.size();
        for (int i = 0; i < near; i++) {
            ClusterMember member = from.member((place + i) % near);
            if (!tried.contains(member.endpoint())) {
                return member;
            }
        }
        int others = from.size() - near;
        int start = others == 0 ? 0 : upstreams.loop().random().nextInt(others);
        for (int i = 0; i < others; i++) {
            ClusterMember member = from.member(near + (start + i) % others);
            if (!tried.contains(member.endpoint())) {
                return member;
            }
        }
        return from.member(place);
    }

    private int choose(Candidates from, long hash) {
        HashRing ring = from.ring();
        if (ring != null) {
            return ring.place(hash);
        }
        int place = next(from.choice(), from);
        long now = upstreams.loop().now();
        if (from.startsSlowly(now)) {
            for (int i = 0; i < PATIENCE && chance() >= from.share(place, now); i++) {
                place = next(from.weights(), from);
            }
        }
        return from.locals() == 0 ? place : relieved(from, place);
    }

    private double chance() {
        return upstreams.loop().random().nextDouble();
    }

    /** Another place if that is of the own zone and by far too busy: its weight may promise too much. */
    private int relieved(Candidates from, int place) {
        int busy = inFlight(from.member(place));
        if (busy < BUSY || isRoundRobin()) {
            return place;
        }
        WeightedChoice weights = from.weights();
        int other = next(weights, from);
        long most = BUSIER * inFlight(from.member(other)) * weights.weight(place);
        return (long) busy * weights.weight(other) > most ? other : place;
    }

    private boolean isRoundRobin() {
        return cluster.settings().policy().balancer().kind() == Balancer.Kind.ROUND_ROBIN;
    }

    private int next(WeightedChoice weights, Candidates from) {
        if (isRoundRobin()) {
            return weights.turn(turn++);
        }
        int one = weights.at(upstreams.loop().random().nextInt(weights.total()));
        int two = weights.at(upstreams.loop().random().nextInt(weights.total()));
        long loadOne = (long) inFlight(from.member(one)) * weights.weight(two);
        long loadTwo = (long) inFlight(from.member(two)) * weights.weight(one);
        return loadTwo < loadOne ? two : one;
    }

    private int inFlight(ClusterMember member) {
        return member.inFlight(upstreams.loop().index());
    }

    /** Whether an endpoint is left that was not tried. */
    public boolean hasOther(List<LiveEndpoint> tried) {
        return hasOther(tried, null);
    }

    @Override
    public boolean hasOther(List<LiveEndpoint> tried, @Nullable LiveEndpoint besides) {
        Candidates now = cluster.candidates();
        for (int i = 0; i < now.size(); i++) {
            LiveEndpoint endpoint = now.member(i).endpoint();
            if (!endpoint.equals(besides) && !tried.contains(endpoint)) {
                return now.grade() != Candidates.Grade.FAILED;
            }
        }
        return false;
    }

    /** Whether one more retry may be in flight beside the requests that are. */
    public boolean mayRetry() {
        int share = cluster.settings().policy().retries().budget();
        long underWay = stats.activeRequests.get() + waiting;
        return retrying < MIN_RETRIES || (retrying + 1) * 100L <= share * underWay;
    }

    /** A request waits for its retry, still in flight; {@link #waitOver} is to follow. */
    public void waitBegins() {
        waiting++;
    }

    /** A request that waited for its retry does so no more. */
    public void waitOver() {
        waiting--;
    }

    @Override
    public void retryBegins() {
        retrying++;
    }

    @Override
    public void retryOver() {
        retrying--;
    }
}
