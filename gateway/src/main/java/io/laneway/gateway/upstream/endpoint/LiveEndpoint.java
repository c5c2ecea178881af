package io.laneway.gateway.upstream.endpoint;

import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.upstream.health.OutlierDetector;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.laneway.router.model.service.Endpoint;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One endpoint while tables have it: what the table says of it now, and how it fares. Safe for many threads. */
public final class LiveEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEndpoint.class);

    /** {@link #freshUntil} of an endpoint that is not new. */
    public static final long OLD = Long.MIN_VALUE;

    private static final long NEVER = Long.MIN_VALUE;
    private static final long WARN_EVERY = TimeUnit.MINUTES.toNanos(1);
    /** How long connections are not used again after unsolicited bytes. */
    private static final long DISTRUST = TimeUnit.MINUTES.toNanos(1);

    private final String address;
    private final @Nullable HostPort hostPort;
    private final @Nullable InetAddress literal;
    private final @Nullable JoinRoute join;
    private final Runnable unsteady;
    private final OutlierDetector outlier = new OutlierDetector();
    private final SpokenProtocols protocols = new SpokenProtocols();
    private final Addresses addresses = new Addresses();
    private final long freshUntil;
    private final AtomicLong warned = new AtomicLong(NEVER);
    private volatile Endpoint published;
    private volatile boolean retired;

    /** No connection to it is to be closed: one look for what is asked after each response. */
    private volatile boolean steady = true;

    private volatile boolean reachable = true;
    private long reachedAt = OLD;
    private volatile boolean healthy = true;
    private volatile boolean distrusted;
    private volatile long distrustedSince;

    /**
     * An endpoint that a table has.
     *
     * @param freshUntil until when it is new, in nanoseconds of the gateway's clock
     * @param unsteady   runs, on any thread, when connections to it are not to be kept
     */
    public LiveEndpoint(Endpoint endpoint, long freshUntil, Runnable unsteady) {
        this(endpoint, null, freshUntil, unsteady);
    }

    /** @param join the way to it if it joined from a machine that cannot be reached otherwise, else null */
    public LiveEndpoint(Endpoint endpoint, @Nullable JoinRoute join, long freshUntil, Runnable unsteady) {
        this.address = endpoint.address();
        this.join = join;
        this.hostPort = join == null ? parsed(endpoint.address()) : new HostPort(join.host(), join.port());
        this.literal = hostPort == null ? null : hostPort.literal();
        this.published = endpoint;
        this.unsteady = unsteady;
        this.freshUntil = freshUntil;
    }

    /** As the table writes it, {@code host:port}. */
    public String address() {
        return address;
    }

    /** Where connections to it go: its address, or the control API if it joined. */
    @Nullable
    public HostPort hostPort() {
        return hostPort;
    }

    /** How connections continue from there if it joined, else null. */
    @Nullable
    public JoinRoute join() {
        return join;
    }

    /** Null for an address that is none: such an endpoint stays unusable, since making it must not fail. */
    private static @Nullable HostPort parsed(String address) {
        try {
            return HostPort.parse(address, 0);
        } catch (IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("address", address).log("endpoint left out: its address is not host:port");
            return null;
        }
    }

    /** Its IP address if the table names one rather than a host. */
    @Nullable
    public InetAddress literal() {
        return literal;
    }

    /** What the table says of it. */
    public Endpoint published() {
        return published;
    }

    public void publish(Endpoint endpoint) {
        published = endpoint;
        if (!endpoint.ready()) {
            protocols.forget();
        }
    }

    /** Whether the table would have requests go here. */
    public boolean ready() {
        return !retired && hostPort != null && published.usable();
    }

    /** Whether the table would have sessions that began here stay: its weight does not count for them. */
    public boolean keepsSessions() {
        return !retired && hostPort != null && published.ready() && !published.draining();
    }

    /** Whether requests may go here now, leaving aside whether it is ejected. */
    public boolean usable() {
        return ready() && reachable && healthy;
    }

    /** Its state now. */
    public EndpointState state() {
        if (published.draining()) {
            return EndpointState.DRAINING;
        }
        if (!ready()) {
            return EndpointState.UNREADY;
        }
        if (!reachable) {
            return EndpointState.UNREACHABLE;
        }
        if (!healthy) {
            return EndpointState.UNHEALTHY;
        }
        return outlier.ejected() ? EndpointState.EJECTED : EndpointState.USABLE;
    }

    /** Takes note of unsolicited bytes, in nanoseconds of the gateway's clock; whether that is news. Any loop. */
    public boolean distrust(long now) {
        boolean news = !distrusted || now - distrustedSince >= DISTRUST;
        distrustedSince = now;
        distrusted = true;
        return news;
    }

    /** Whether what it sends cannot be told from responses now. */
    public boolean distrusted(Loop loop) {
        if (!distrusted) {
            return false;
        }
        distrusted = loop.now() - distrustedSince < DISTRUST;
        return distrusted;
    }

    /** Whether the last connection that was tried could be made. */
    public boolean reachable() {
        return reachable;
    }

    /** Whether active health checks find it well; true without checks. */
    public boolean healthy() {
        return healthy;
    }

    /** Whether a warning about its responses is due: once a minute. */
    public boolean mayWarn(long now) {
        long last = warned.get();
        return (last == NEVER || now - last >= WARN_EVERY) && warned.compareAndSet(last, now);
    }

    /** What its responses say about it. */
    public OutlierDetector outlier() {
        return outlier;
    }

    /** What it speaks, as far as that is known. */
    public SpokenProtocols protocols() {
        return protocols;
    }

    /** How its addresses fare. */
    public Addresses addresses() {
        return addresses;
    }

    /** A connection is open, at that time in nanoseconds; returns whether none could be made before. */
    public synchronized boolean reached(long now) {
        boolean news = !reachable;
        reachedAt = now;
        reachable = true;
        return news;
    }

    /**
     * No address took a connection that was begun at that time; returns whether that is news. It is none if another was
     * made meanwhile.
     */
    public synchronized boolean unreached(long begun) {
        protocols.forget();
        if (!reachable || (reachedAt != OLD && reachedAt - begun > 0)) {
            return false;
        }
        reachable = false;
        return true;
    }

    public void healthy(boolean now) {
        healthy = now;
    }

    /** Until when it is new and starts slowly, {@link #OLD} if it never was. */
    public long freshUntil() {
        return freshUntil;
    }

    public boolean retired() {
        return retired;
    }

    /** What its name says now: connections to addresses that it does not say any more are closed when they are free. */
    public void found(List<InetAddress> all) {
        if (addresses.now(all)) {
            steady = false;
            unsteady.run();
        }
    }

    /** Whether all connections to it may be kept. */
    public boolean steady() {
        return steady;
    }

    /** Whether a connection is not to be kept. */
    public boolean leaves(UpstreamConnection connection) {
        return retired || addresses.gone(connection.remote());
    }

    /** No table has it any more: nothing new goes here, what runs is finished. */
    public void retire() {
        retired = true;
        steady = false;
        unsteady.run();
    }
}
