package io.laneway.gateway.upstream;

import io.laneway.router.model.Endpoint;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endpoint while tables have it: what the table says of it now, whether it is usable, and each event loop's pool of
 * connections to it. Safe for many threads; a pool is touched by its own loop only.
 */
public final class LiveEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEndpoint.class);

    private final String address;
    private final @Nullable HostPort hostPort;
    private final @Nullable InetAddress literal;
    private final @Nullable EndpointPool[] pools;
    private final int loops;
    private volatile Endpoint published;
    private volatile boolean retired;

    LiveEndpoint(Endpoint endpoint, int loops) {
        this.address = endpoint.address();
        this.hostPort = parsed(endpoint.address());
        this.literal = hostPort == null ? null : hostPort.literal();
        this.published = endpoint;
        this.loops = loops;
        this.pools = new @Nullable EndpointPool[loops * Wire.COUNT];
    }

    /** As the table writes it, {@code host:port}. */
    public String address() {
        return address;
    }

    @Nullable
    HostPort hostPort() {
        return hostPort;
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
    InetAddress literal() {
        return literal;
    }

    /** What the table says of it. */
    public Endpoint published() {
        return published;
    }

    void publish(Endpoint endpoint) {
        published = endpoint;
    }

    /** Whether requests may go here now. */
    public boolean usable() {
        return !retired && hostPort != null && published.usable();
    }

    boolean retired() {
        return retired;
    }

    /** This loop's pool for a wire protocol, or null if it has none yet. On that loop. */
    @Nullable
    EndpointPool pool(int loop, Wire wire) {
        return pools[wire.number() * loops + loop];
    }

    void pool(int loop, Wire wire, EndpointPool pool) {
        pools[wire.number() * loops + loop] = pool;
    }

    /** Requests under way from this loop. On that loop. */
    int inFlight(int loop) {
        int sum = 0;
        for (int i = loop; i < pools.length; i += loops) {
            EndpointPool pool = pools[i];
            sum += pool == null ? 0 : pool.inFlight();
        }
        return sum;
    }

    /** No table has it any more: nothing new goes here, what runs is finished. */
    void retire() {
        retired = true;
        for (EndpointPool pool : pools) {
            if (pool != null) {
                pool.retireSoon();
            }
        }
    }
}
