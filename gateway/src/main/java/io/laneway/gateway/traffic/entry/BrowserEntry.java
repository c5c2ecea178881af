package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.CarrierRule;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.link.LaneLink;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The browser's way into a lane: a link that names a known lane sets the lane's cookie, an empty value takes it away.
 * Confined to one event loop; one for each external listener with {@code entry} on it. docs/how-to/browser.md.
 */
public final class BrowserEntry {

    private static final byte[] KEY = LaneLink.NAME.getBytes(StandardCharsets.US_ASCII);

    private final EntryConfig config;
    private final boolean signed;
    private final LinkedLane link = new LinkedLane();
    private final LaneCookie cookie;

    private BrowserEntry(EntryConfig config, boolean signed) {
        this.config = config;
        this.signed = signed;
        this.cookie = new LaneCookie(config);
    }

    /** That of a listener; where lanes are signed, links set cookies whatever is configured. Null for none. */
    public static @Nullable BrowserEntry of(ListenerConfig listener) {
        CarrierRule rule = listener.lanes();
        EntryConfig config = listener.entry();
        if (config == null && rule != CarrierRule.SIGNED) {
            return null;
        }
        EntryConfig base = config == null ? EntryConfig.COOKIE : config;
        boolean cookie = switch (rule) {
            case ALL -> base.cookie();
            // this listener ignores it, but it would name a lane at others of its domain
            case NONE -> false;
            case SIGNED -> true;
        };
        return new BrowserEntry(
                new EntryConfig(cookie, base.maxAge(), base.domain(), base.partitioned(), base.badge()),
                rule == CarrierRule.SIGNED);
    }

    /** Whether frames within pages of other sites keep their lane. */
    public boolean keepsFrames(OriginalRequest original) {
        return config.partitioned() && original.secure();
    }

    /** Whether {@code /.well-known/laneway} is the gateway's own. */
    public boolean isBadge(RequestHead head) {
        return config.badge() && BadgePage.is(head);
    }

    /** Takes the lane's cookie off a request that says by an empty value that it is to leave the lane. */
    public void settle(RequestHead head, CarrierNames names) {
        if (config.cookie() && link.read(head, names) && link.leaves()) {
            PairLines.removeCookies(head.lines(), names.cookies());
        }
    }

    /**
     * Writes on a response what its request asked for, and what caches are to know.
     *
     * @param granted the link that granted the request its lane; null for none
     * @param now     milliseconds since 1970
     */
    public void settle(
            RequestHead request,
            CompiledTable<?, ?> table,
            OriginalRequest original,
            HeaderLines response,
            @Nullable LaneLink granted,
            long now) {
        CarrierNames names = table.carriers();
        if (!config.cookie() || names.cookies().length == 0) {
            return;
        }
        CacheFields.vary(response);
        if (granted != null) {
            cookie.set(names.cookies()[0], granted, original, response, now);
            CacheFields.keepToOneself(response);
            CacheFields.keepAddress(response);
            return;
        }
        if (!link.read(request, names)) {
            return;
        }
        LaneEntry lane = signed ? null : link.lane(table);
        if (lane != null) {
            cookie.set(names.cookies()[0], lane.slug(), original, response);
        } else if (link.leaves()) {
            leave(names, original, response);
        } else {
            return;
        }
        CacheFields.keepToOneself(response);
    }

    /** Takes the cookie away. */
    public void leave(CarrierNames names, OriginalRequest original, HeaderLines response) {
        for (byte[] name : names.cookies()) {
            cookie.remove(name, original, response);
        }
        if (signed) {
            cookie.remove(KEY, original, response);
        }
    }

    /** Finds the host to go to out of a lane's host; null if the request's host names no lane. */
    public static @Nullable String bareHost(CompiledTable<?, ?> table, Slice authority) {
        return LaneLocation.bareHost(table.carriers(), authority);
    }
}
