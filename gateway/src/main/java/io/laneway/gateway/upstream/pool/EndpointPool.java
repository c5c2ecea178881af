package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.limit.ConnectionSlots;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Limits;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One event loop's connections to one endpoint by one wire protocol: those that take streams, last used first, and those
 * who wait for one being made. Confined to that loop, save for what says otherwise.
 */
public final class EndpointPool implements ConnectTarget, ConnectionSlot.Owner {

    private static final int SERVER_ERROR = 500;

    /** So often a connection is used here while others want one: then they are not starved, nor each use a handshake. */
    private static final int USES_WHILE_WANTED = 16;

    private final LiveEndpoint endpoint;
    private final EndpointMonitor monitor;
    private final WireProtocol wire;
    private final ClusterPart cluster;
    private final Siblings siblings;
    private final UpstreamEnvironment upstreams;
    private final DeploymentStats stats;
    private final EndpointReports reports;
    private final IdleConnections free;
    private final ArrayDeque<PendingStream> waiting = new ArrayDeque<>();
    private int inFlight;
    private int starting;
    private String problem = "";
    private final ConnectionSlots slots;
    private int open;
    private int usesWhileWanted;
    private boolean waitsForSlot;

    /** The pools of the same endpoint on the same loop. */
    interface Siblings {

        /** The pool by which a request goes to the endpoint, by what is known of it now. */
        EndpointPool suiting(RequestHead head);
    }

    EndpointPool(
            LiveEndpoint endpoint,
            EndpointMonitor monitor,
            WireProtocol wire,
            ClusterPart cluster,
            Siblings siblings,
            UpstreamEnvironment upstreams) {
        this.endpoint = endpoint;
        this.monitor = monitor;
        this.siblings = siblings;
        this.wire = wire;
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.stats = cluster.stats();
        this.reports = new EndpointReports(endpoint, stats);
        this.slots = cluster.breaker().connections();
        this.free = new IdleConnections(upstreams.loop(), stats);
    }

    /** The endpoint behind it. */
    @Override
    public LiveEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public WireProtocol wire() {
        return wire;
    }

    @Override
    public UpstreamSettings settings() {
        return cluster.settings();
    }

    @Override
    public DeploymentStats stats() {
        return stats;
    }

    @Override
    public EndpointMonitor monitor() {
        return monitor;
    }

    /** The cluster behind it. */
    public ClusterPart cluster() {
        return cluster;
    }

    /** Requests that went here and are not over, on this loop. */
    public int inFlight() {
        return inFlight;
    }

    /**
     * Asks for a stream, which {@link ResponseSink#opened} brings, now or later; {@link #release} is to be called once
     * for each call.
     *
     * @param fresh not on a connection that was used before
     * @return who waits, to be cancelled if it is given up; null if the stream was brought at once
     */
    public @Nullable PendingStream acquire(ResponseSink sink, boolean fresh) {
        inFlight++;
        stats.activeRequests.increment();
        UpstreamConnection connection = fresh && wire.streams() == 1 ? null : free.take();
        if (connection != null) {
            connection.open(sink);
            return null;
        }
        Limits limits = cluster.settings().policy().limits();
        CircuitBreaker breaker = limits == null ? null : cluster.breaker();
        if (limits != null && breaker != null && !breaker.queue(limits.maxPending())) {
            sink.failed(Failure.OVERFLOW);
            return null;
        }
        PendingStream waiter = new PendingStream(sink, breaker);
        waiting.add(waiter);
        connectForWaiting();
        return waiter;
    }

    /** Connects as often as those who wait need, by what connections of this kind usually carry. */
    private void connectForWaiting() {
        while (!waitsForSlot && starting * wire.streams() < waiting.size()) {
            if (!slots.take(maxConnections(), this)) {
                waitsForSlot = true;
                return;
            }
            starting++;
            stats.connecting.increment();
            upstreams.connector().connect(this, slot());
        }
    }

    private int maxConnections() {
        Limits limits = cluster.settings().policy().limits();
        return limits == null ? 0 : limits.maxConnections();
    }

    private ConnectionSlot slot() {
        open++;
        return new ConnectionSlot(slots, this);
    }

    @Override
    public boolean closed() {
        open--;
        if (open == 0) {
            endpoint.protocols().closed();
        }
        return open == 0;
    }

    @Override
    public void slotFree() {
        upstreams.soon(() -> {
            waitsForSlot = false;
            if (waiting.isEmpty()) {
                slots.pass();
            } else {
                connectForWaiting();
            }
        });
    }

    @Override
    public void giveUpIdle() {
        if (stats.idleConnections.get() > 0) {
            upstreams.soon(free::retireOldest);
        }
    }

    /** As {@link #acquire}, for a bare connection of its own that becomes a tunnel. */
    public @Nullable PendingStream tunnel(ResponseSink sink) {
        inFlight++;
        stats.activeRequests.increment();
        if (!slots.takeNow(maxConnections(), this)) {
            sink.failed(Failure.OVERFLOW);
            return null;
        }
        PendingStream waiter = new PendingStream(sink, null);
        upstreams.connector().tunnel(this, waiter, slot());
        return waiter;
    }

    /** What was acquired is over. */
    public void release() {
        inFlight--;
        stats.activeRequests.decrement();
    }

    /** The endpoint's response is whole and had that status. */
    public void responded(int status) {
        if (status < SERVER_ERROR) {
            endpoint.outlier().succeeded();
        } else {
            erred();
        }
    }

    /** The endpoint did not answer as it should. */
    public void erred() {
        int threshold = cluster.settings().policy().ejection().consecutive5xx();
        if (endpoint.outlier().failed(threshold) && monitor.eject()) {
            stats.ejections.increment();
        }
    }

    /** The endpoint's response breaks a rule of HTTP: counted, and logged once a minute for each endpoint. */
    public void violated(Violation violation, String detail) {
        stats.malformed.increment(violation.word());
        if (endpoint.mayWarn(upstreams.loop().now())) {
            reports.violation(violation, detail);
        }
    }

    @Override
    public boolean problem(String reason) {
        boolean known = reason.equals(problem);
        problem = reason;
        return known;
    }

    /** The pool by which a request goes to this endpoint now that it is known what it speaks; this one as a rule. */
    public EndpointPool suiting(RequestHead head) {
        return siblings.suiting(head);
    }

    /** The endpoint closed a new connection without a response to the request on it. */
    public void closedWithoutResponse() {
        if (!wire.multiplexed()) {
            endpoint.protocols().closedHttp1();
        }
    }

    @Override
    public void heard(boolean http2) {
        if (http2) {
            endpoint.protocols().refusedHttp1();
            complain(Failure.NOT_HTTP1);
        } else {
            endpoint.protocols().respondedHttp1();
        }
    }

    private void complain(Failure failure) {
        boolean known = problem(failure.detail());
        boolean learnt = !wire.multiplexed() && cluster.settings().protocol() == Protocol.AUTO;
        reports.otherProtocol(known ? Level.DEBUG : learnt ? Level.INFO : Level.WARN, failure);
    }

    @Override
    public void connected(UpstreamConnection connection) {
        starting--;
        if (wire.multiplexed()) {
            endpoint.protocols().tookHttp2();
        }
        stats.connecting.decrement();
        stats.busyConnections.increment();
        ResponseSink sink = connection.free() > 0 ? nextWaiting() : null;
        while (sink != null) {
            connection.open(sink);
            sink = connection.free() > 0 ? nextWaiting() : null;
        }
        if (connection.free() > 0) {
            available(connection);
        }
        if (endpoint.retired()) {
            connection.retire();
        }
        connectForWaiting();
    }

    @Override
    public void failed(Failure failure) {
        starting--;
        if (failure.stage() == Failure.Stage.PROTOCOL) {
            misunderstood(failure);
        }
        stats.connecting.decrement();
        int left = Math.max(1, waiting.size() - starting * wire.streams());
        for (ResponseSink sink = nextWaiting(); sink != null; sink = left > 0 ? nextWaiting() : null) {
            left--;
            sink.failed(failure);
        }
    }

    private void misunderstood(Failure failure) {
        if (wire.multiplexed()) {
            endpoint.protocols().refusedHttp2();
        } else {
            endpoint.protocols().refusedHttp1();
        }
        complain(failure);
    }

    private @Nullable ResponseSink nextWaiting() {
        for (PendingStream next = waiting.poll(); next != null; next = waiting.poll()) {
            ResponseSink sink = next.take();
            if (sink != null) {
                return sink;
            }
        }
        return null;
    }

    /** For a while each connection carries one request alone: bytes that came late would be taken for its response. */
    @Override
    public void unsolicited() {
        stats.unsolicited.increment();
        if (endpoint.distrust(upstreams.loop().now())) {
            reports.unsolicitedBytes();
        }
        free.retireIf(each -> true);
    }

    @Override
    public void available(UpstreamConnection connection) {
        if ((!endpoint.steady() && endpoint.leaves(connection))
                || endpoint.distrusted(upstreams.loop())
                || (slots.wanted() && isDue())) {
            connection.retire();
            return;
        }
        free.add(connection);
        if (!waiting.isEmpty()) {
            upstreams.loop().eventLoop().execute(this::serveWaiting);
        }
    }

    /**
     * Whether a connection is to make room for others: when no request waits for it here, or it was kept long enough.
     */
    private boolean isDue() {
        usesWhileWanted++;
        if (waiting.isEmpty() || usesWhileWanted >= USES_WHILE_WANTED) {
            usesWhileWanted = 0;
            return true;
        }
        return false;
    }

    /** In a turn of its own: the connection that became free may still be ending its last stream. */
    private void serveWaiting() {
        while (!waiting.isEmpty()) {
            UpstreamConnection connection = free.take();
            if (connection == null) {
                return;
            }
            ResponseSink sink = nextWaiting();
            if (sink == null) {
                free.back(connection);
                return;
            }
            connection.open(sink);
            upstreams.loop().flushes().flush();
        }
    }

    @Override
    public void gone(UpstreamConnection connection) {
        if (!free.remove(connection)) {
            stats.busyConnections.decrement();
        }
    }

    /** Has the connections that are not to be kept retired, on the pool's own loop. Any thread. */
    void retireSoon() {
        upstreams.loop().eventLoop().execute(() -> free.retireIf(endpoint::leaves));
    }
}
