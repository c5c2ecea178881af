package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.limit.ConnectionSlots;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Limits;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One event loop's connections to one endpoint by one wire protocol: those that take streams, last used first, and those
 * who wait for one being made. Confined to that loop, save for what says otherwise.
 */
public final class EndpointPool implements UpstreamConnection.Owner, ConnectionSlots.Holder {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointPool.class);

    private static final int SERVER_ERROR = 500;

    /** So often a connection is used here while others want one: then they are not starved, nor each use a handshake. */
    private static final int USES_WHILE_WANTED = 16;

    private final LiveEndpoint endpoint;
    private final WireProtocol wire;
    private final LoopCluster cluster;
    private final UpstreamEnvironment upstreams;
    private final DeploymentStats stats;
    private final IdleConnections free;
    private final ArrayDeque<PendingStream> waiting = new ArrayDeque<>();
    private int inFlight;
    private int starting;
    private String problem = "";
    private final ConnectionSlots slots;
    private int open;
    private int usesWhileWanted;
    private boolean waitsForSlot;

    EndpointPool(LiveEndpoint endpoint, WireProtocol wire, LoopCluster cluster, UpstreamEnvironment upstreams) {
        this.endpoint = endpoint;
        this.wire = wire;
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.stats = cluster.stats();
        this.slots = cluster.cluster().breaker().connections();
        this.free = new IdleConnections(upstreams.loop(), stats);
    }

    /** The endpoint behind it. */
    public LiveEndpoint endpoint() {
        return endpoint;
    }

    /** What its connections speak. */
    WireProtocol wire() {
        return wire;
    }

    /** The cluster behind it. */
    public LoopCluster cluster() {
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
        Limits limits = cluster.cluster().policy().limits();
        CircuitBreaker breaker = limits == null ? null : cluster.cluster().breaker();
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
        Limits limits = cluster.cluster().policy().limits();
        return limits == null ? 0 : limits.maxConnections();
    }

    private ConnectionSlot slot() {
        open++;
        return new ConnectionSlot(slots, this);
    }

    /** A connection is closed, or was not made after all; tells whether it was the last. */
    boolean closed() {
        open--;
        if (open == 0) {
            endpoint.speech().closed();
        }
        return open == 0;
    }

    @Override
    public void slotFree() {
        soon(() -> {
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
            soon(free::retireOldest);
        }
    }

    /** When the gateway closes, loops end one after the other, and nothing is left to be done on those that have. */
    private void soon(Runnable step) {
        EventLoop loop = upstreams.loop().eventLoop();
        if (loop.isShuttingDown()) {
            return;
        }
        try {
            loop.execute(() -> {
                step.run();
                upstreams.loop().flushes().flush();
            });
        } catch (RejectedExecutionException e) {
            // it ended at this moment
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

    /** The endpoint answered with that status, wholly. */
    public void answered(int status) {
        if (status < SERVER_ERROR) {
            endpoint.outlier().succeeded();
        } else {
            erred();
        }
    }

    /** The endpoint did not answer as it should. */
    public void erred() {
        int threshold = cluster.cluster().policy().ejection().consecutive5xx();
        if (endpoint.outlier().failed(threshold) && cluster.cluster().eject(endpoint)) {
            stats.ejections.increment();
        }
    }

    /** The endpoint's response breaks a rule of HTTP: counted, and logged once a minute for each endpoint. */
    public void violated(Violation violation, String detail) {
        stats.malformed.increment(violation.word());
        if (endpoint.mayWarn(upstreams.loop().now())) {
            LOG.atWarn()
                    .addKeyValue("service", stats.service())
                    .addKeyValue("lane", stats.lane())
                    .addKeyValue("endpoint", endpoint.address())
                    .addKeyValue("rule", violation.word())
                    .addKeyValue("problem", detail)
                    .log("an endpoint's response breaks HTTP and is not passed on");
        }
    }

    /** Takes note of why no connection comes to take requests, empty if one does; tells whether that was known. */
    boolean problem(String reason) {
        boolean known = reason.equals(problem);
        problem = reason;
        return known;
    }

    /** The pool by which a request goes to this endpoint now that it is known what it speaks; this one as a rule. */
    public EndpointPool suiting(RequestHead head) {
        return cluster.pool(endpoint, head);
    }

    /** The endpoint closed a new connection without an answer to the request on it. */
    public void unanswered() {
        if (!wire.multiplexed()) {
            endpoint.speech().closedHttp1();
        }
    }

    @Override
    public void heard(boolean http2) {
        if (http2) {
            endpoint.speech().refusedHttp1();
            complain(Failure.NOT_HTTP1);
        } else {
            endpoint.speech().answeredHttp1();
        }
    }

    private void complain(Failure failure) {
        boolean known = problem(failure.detail());
        boolean learnt = !wire.multiplexed() && cluster.cluster().settings().protocol() == Protocol.AUTO;
        LOG.atLevel(known ? Level.DEBUG : learnt ? Level.INFO : Level.WARN)
                .addKeyValue("service", cluster.cluster().service())
                .addKeyValue("lane", cluster.cluster().lane())
                .addKeyValue("endpoint", endpoint.address())
                .addKeyValue("reason", failure.detail())
                .log("an upstream does not speak the protocol of a request");
    }

    /** A connection that was asked for stands. */
    void connected(UpstreamConnection connection) {
        starting--;
        if (wire.multiplexed()) {
            endpoint.speech().tookHttp2();
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

    /** A connection that was asked for could not be made. */
    void failed(Failure failure) {
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
            endpoint.speech().refusedHttp2();
        } else {
            endpoint.speech().refusedHttp1();
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
    public void unasked() {
        stats.unasked.increment();
        if (endpoint.distrust(upstreams.loop().now())) {
            LOG.atWarn()
                    .addKeyValue("endpoint", endpoint.address())
                    .addKeyValue("service", stats.service())
                    .addKeyValue("lane", stats.lane())
                    .log(
                            "an endpoint sent bytes that nobody asked for: its connections are not used again for a minute");
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

    /** Whether a connection is to make room for others: when nobody waits for it here, or it was kept long enough. */
    private boolean isDue() {
        usesWhileWanted++;
        if (waiting.isEmpty() || usesWhileWanted >= USES_WHILE_WANTED) {
            usesWhileWanted = 0;
            return true;
        }
        return false;
    }

    /** In a turn of its own: the connection that became free may still be telling the end of its last stream. */
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
