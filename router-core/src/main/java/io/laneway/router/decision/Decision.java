package io.laneway.router.decision;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.ShiftEntry;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one request. Mutable, so that an exchange can use its own again without allocation; filled by
 * {@link Decider}. Confined to one event loop.
 *
 * @param <S> what lives behind the ports of the table that decides
 * @param <R> what is kept at its services
 */
public final class Decision<S extends DeploymentState, R> {

    /** So much of a tenant's name is kept, in bytes. */
    private static final int MAX_TENANT = 255;

    /** What {@link #where} may be if it is a word. */
    private static final Map<Object, byte[]> WORDS = Stream.of("header", "baggage", "service.lane", Origins.WORD)
            .collect(Collectors.toUnmodifiableMap(word -> word, word -> word.getBytes(StandardCharsets.US_ASCII)));

    @Nullable
    CompiledTable<S, R> table;

    @Nullable
    ServiceEntry<S, R> service;

    @Nullable
    ShiftEntry shift;

    @Nullable
    CompiledRoute route;

    @Nullable
    LaneEntry requested;

    @Nullable
    LaneEntry served;

    @Nullable
    DeploymentEntry<S> deployment;

    @Nullable
    PortEntry<S> port;

    /** The port that the route means, 0 for what suits the request. */
    int routePort;

    /** The number of the part of the route that the request fell to. */
    int routePart;

    /** With which status the route answers, 0 where it leads to a service or redirects. */
    int routeStatus;

    Reason reason = Reason.NO_ROUTE;
    Origin origin = Origin.NONE;
    Assigned assigned = Assigned.NO;
    boolean passthrough;

    /** Whether a carrier named a lane that the listener does not let it ask for. */
    boolean ignored;

    /** Whether our own services asked: claims of their tokens are read unverified. */
    boolean internal;

    /** What named the requested lane: a header's or parameter's name, a pattern, a word. */
    @Nullable
    Object where;

    private byte @Nullable [] slug;
    private int slugLength;
    private byte @Nullable [] tenant;
    private int tenantLength;

    void clear(CompiledTable<S, R> table, boolean fromInside) {
        this.table = table;
        internal = fromInside;
        service = null;
        shift = null;
        route = null;
        routePort = 0;
        routePart = 0;
        routeStatus = 0;
        requested = null;
        served = null;
        deployment = null;
        port = null;
        reason = Reason.NO_ROUTE;
        origin = Origin.NONE;
        assigned = Assigned.NO;
        passthrough = false;
        ignored = false;
        slugLength = 0;
        where = null;
        tenantLength = 0;
    }

    /** Forgets which lane serves, and keeps which one was requested. */
    void unserved() {
        served = null;
        deployment = null;
        port = null;
    }

    void unknown(byte[] slugBytes, int length) {
        if (slug == null) {
            slug = new byte[Slug.MAX];
        }
        System.arraycopy(slugBytes, 0, slug, 0, length);
        slugLength = length;
    }

    /** Keeps the tenant that was looked at; of a long one the beginning. */
    void tenantIs(Slice name) {
        if (tenant == null) {
            tenant = new byte[MAX_TENANT];
        }
        tenantLength = Math.min(name.length(), MAX_TENANT);
        System.arraycopy(name.array(), name.offset(), tenant, 0, tenantLength);
    }

    /** The table that decided; null before the first decision. */
    public @Nullable CompiledTable<S, R> table() {
        return table;
    }

    /** Why; {@link Reason#NO_ROUTE} also for hosts to be {@linkplain #passthrough passed through}. */
    public Reason reason() {
        return reason;
    }

    /** Whether the table does not have the host and the listener sends such requests where they asked, unstamped. */
    public boolean passthrough() {
        return passthrough;
    }

    /**
     * Whether a carrier was ignored, as nothing signed grants the lane that it names, or as the listener has lanes off and
     * nothing else gave the request a lane.
     */
    public boolean ignored() {
        return ignored;
    }

    /** Whether a route answers with a redirection, so that there is no service. */
    public boolean redirected() {
        return route != null && service == null && routeStatus == 0;
    }

    /** With which status the route answers by itself, so that there is no service; 0 where it does not. */
    public int routeStatus() {
        return routeStatus;
    }

    /** The number of the part of the route that the request fell to, from 0. */
    public int routePart() {
        return routePart;
    }

    /** The service, null if there is no route. */
    public @Nullable ServiceEntry<S, R> service() {
        return service;
    }

    /** The shift of the service, null if it has none. */
    public @Nullable ShiftEntry shift() {
        return shift;
    }

    /** The route that led to the service, null if the host alone or the listener did. */
    public @Nullable CompiledRoute route() {
        return route;
    }

    /** The lane asked for or assigned; null if none was, or if no table knows it. */
    public @Nullable LaneEntry requested() {
        return requested;
    }

    /** Where the requested lane came from. */
    public Origin origin() {
        return origin;
    }

    /** Whether the requested lane was assigned by a shift, here or at an earlier hop. */
    public Assigned assigned() {
        return assigned;
    }

    /** The lane that serves, null if none does. */
    public @Nullable LaneEntry served() {
        return served;
    }

    /** The deployment that serves, null if none does. */
    public @Nullable DeploymentEntry<S> deployment() {
        return deployment;
    }

    /** The port of it that serves, null if none does. */
    public @Nullable PortEntry<S> port() {
        return port;
    }

    /**
     * Points {@code into} at what named the requested lane: the name of a header, parameter, cookie or baggage member, a host
     * pattern, or for a stamp {@code header} or {@code baggage}. Cleared where the origin says all.
     */
    public void carrier(Slice into) {
        Object from = where;
        if (from instanceof HeaderName header) {
            into.set(header.bytes(), 0, header.bytes().length);
        } else if (from instanceof byte[] name) {
            into.set(name, 0, name.length);
        } else if (from instanceof HostPattern pattern) {
            into.set(pattern.bytes(), 0, pattern.bytes().length);
        } else {
            byte[] word = from == null ? null : WORDS.get(from);
            if (word == null) {
                into.clear();
            } else {
                into.set(word, 0, word.length);
            }
        }
    }

    /** Whether the lane host of the page that asks named the lane, not the request itself. */
    public boolean namedByPage() {
        return Origins.WORD.equals(where);
    }

    /** Points {@code into} at the tenant that was looked at, of a long one at its first 255 bytes; cleared if none was. */
    public void tenant(Slice into) {
        if (tenant != null && tenantLength > 0) {
            into.set(tenant, 0, tenantLength);
        } else {
            into.clear();
        }
    }

    /** Whether the request is to carry a stamp. Without one, stamps that strangers sent are removed. */
    public boolean stamped() {
        return origin != Origin.NONE;
    }

    /** Points {@code into} at the lane name to stamp: the table's, or the slug of one it does not know; empty if none. */
    public void stamp(Slice into) {
        if (requested != null) {
            into.set(requested.nameBytes(), 0, requested.nameBytes().length);
        } else if (slug != null) {
            into.set(slug, 0, slugLength);
        } else {
            into.clear();
        }
    }

    /** The slug of a requested lane that the table does not know; empty otherwise. */
    public void unknownSlug(Slice into) {
        if (slug != null) {
            into.set(slug, 0, slugLength);
        } else {
            into.clear();
        }
    }
}
