package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.router.policy.Limits;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections to one endpoint by one wire protocol: those that take streams, last used first, and those
 * who wait for one being made. Confined to that loop, save for what says otherwise.
 */
public final class EndpointPool implements ConnectTarget, PoolSlots.Waiter, Loan.Borrower {

    private static final int SERVER_ERROR = 500;

    /** A pool without any connection takes one of another loop that was not used for so long. */
    private static final long LENT_FIRST = TimeUnit.MILLISECONDS.toNanos(1);

    /** One that has some, all in use, takes only what another loop has not used for long: else they would go to and fro. */
    private static final long LENT_MORE = TimeUnit.MILLISECONDS.toNanos(100);

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
    private final ProtocolFindings findings;
    private final PoolSlots slots;
    private int inFlight;
    private int starting;

    /** The pools of the same endpoint on the same loop. */
    interface Siblings {

        /** The pool by which a request goes to the endpoint, by what is known of it now. */
        EndpointPool suiting(RequestHead head);

        /** The endpoint's pools on all loops. */
        Lenders lenders();
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
        this.free = new IdleConnections(upstreams.loop(), stats);
        this.findings = new ProtocolFindings(endpoint.protocols(), wire, cluster, reports);
        this.slots = new PoolSlots(endpoint.protocols(), cluster, upstreams, free, this);
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
        boolean unused = fresh && wire.streams() == 1;
        UpstreamConnection connection = unused ? null : free.take();
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
        PendingStream waiter = new PendingStream(sink, breaker, unused);
        waiting.add(waiter);
        connectForWaiting(!unused);
        return waiter;
    }

    @Override
    public boolean isWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    public void connectForWaiting() {
        connectForWaiting(false);
    }

    /** Connects as often as those who wait need, by what connections of this kind usually carry. */
    private void connectForWaiting(boolean mayBorrow) {
        while (!slots.waits() && starting * wire.streams() < waiting.size()) {
            if (mayBorrow && borrow()) {
                continue;
            }
            if (!slots.take()) {
                return;
            }
            starting++;
            stats.connecting.increment();
            upstreams.connector().connect(this, slots.slot());
        }
    }

    /** Asks another loop for a connection that it does not need. */
    private boolean borrow() {
        long age = slots.open() == 0 ? LENT_FIRST : LENT_MORE;
        Loan.Lender lender = siblings.lenders()
                .find(upstreams.loop().index(), wire, upstreams.loop().now(), age);
        boolean asked = lender != null && new Loan(lender, this, age).begin();
        starting += asked ? 1 : 0;
        return asked;
    }

    @Override
    public void borrowed(UpstreamConnection connection, boolean late) {
        starting -= late ? 0 : 1;
        stats.lent.increment();
        opened(connection, false);
    }

    @Override
    public void refused() {
        starting--;
        connectForWaiting();
    }

    @Override
    public UpstreamEnvironment upstreams() {
        return upstreams;
    }

    /** Its idle connections, for the pools of other loops. */
    Loan.Lender spare() {
        return new SpareConnections(endpoint, free, stats, upstreams);
    }

    @Override
    public ConnectionSlot.Owner slots() {
        return slots;
    }

    /** As {@link #acquire}, for a bare connection of its own that becomes a tunnel. */
    public @Nullable PendingStream tunnel(ResponseSink sink) {
        inFlight++;
        stats.activeRequests.increment();
        if (!slots.takeNow()) {
            sink.failed(Failure.OVERFLOW);
            return null;
        }
        PendingStream waiter = new PendingStream(sink, null, true);
        upstreams.connector().tunnel(this, waiter, slots.slot());
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
        return findings.problem(reason);
    }

    /** The pool by which a request goes to this endpoint now that it is known what it speaks; this one as a rule. */
    public EndpointPool suiting(RequestHead head) {
        return siblings.suiting(head);
    }

    /** The endpoint closed a new connection without a response to the request on it. */
    public void closedWithoutResponse() {
        findings.closedWithoutResponse();
    }

    @Override
    public void heard(boolean http2) {
        findings.heard(http2);
    }

    @Override
    public void connected(UpstreamConnection connection) {
        starting--;
        findings.connected();
        stats.connecting.decrement();
        opened(connection, true);
    }

    private void opened(UpstreamConnection connection, boolean unused) {
        stats.busyConnections.increment();
        siblings.lenders().got(upstreams.loop().index());
        ResponseSink sink = connection.free() > 0 ? nextWaiting(unused) : null;
        while (sink != null) {
            connection.open(sink);
            sink = connection.free() > 0 ? nextWaiting(unused) : null;
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
            findings.misunderstood(failure);
        }
        stats.connecting.decrement();
        int left = Math.max(1, waiting.size() - starting * wire.streams());
        for (ResponseSink sink = nextWaiting(true); sink != null; sink = left > 0 ? nextWaiting(true) : null) {
            left--;
            sink.failed(failure);
        }
    }

    /** The next that waits and takes what there is; {@code unused}: a connection that was not used before, or none at all. */
    private @Nullable ResponseSink nextWaiting(boolean unused) {
        for (Iterator<PendingStream> each = waiting.iterator(); each.hasNext(); ) {
            PendingStream next = each.next();
            if (unused || !next.fresh()) {
                each.remove();
                ResponseSink sink = next.take();
                if (sink != null) {
                    return sink;
                }
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
                || slots.givesWay()) {
            connection.retire();
            return;
        }
        free.add(connection);
        if (!waiting.isEmpty()) {
            upstreams.loop().eventLoop().execute(this::serveWaiting);
        }
    }

    /** In a turn of its own: the connection that became free may still be ending its last stream. */
    private void serveWaiting() {
        while (!waiting.isEmpty()) {
            UpstreamConnection connection = free.take();
            if (connection == null) {
                return;
            }
            ResponseSink sink = nextWaiting(false);
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
