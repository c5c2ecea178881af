package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The browser's way into a lane: a link that names a known lane sets the lane's cookie, an empty value takes it away.
 * Confined to one event loop; one for each external listener with {@code entry} on it. docs/how-to/browser.md.
 */
public final class BrowserEntry {

    private final EntryConfig config;
    private final LinkedLane link = new LinkedLane();
    private final LaneCookie cookie;

    public BrowserEntry(EntryConfig config) {
        this.config = config;
        this.cookie = new LaneCookie(config);
    }

    /** Whether {@code /.well-known/laneway} is the gateway's own. */
    public boolean isBadge(RequestHead head) {
        return config.badge() && BadgePage.is(head);
    }

    /** Takes the lane's cookie off a request that says by an empty value that it is to leave the lane. */
    public void settle(RequestHead head, CarrierNames names) {
        if (config.cookie() && link.read(head, names) && link.leaves()) {
            CookieLines.remove(head.lines(), names.cookies());
        }
    }

    /** Writes on a response what its request asked for, and what caches are to know. */
    public void settle(RequestHead request, CompiledTable<?, ?> table, OriginalRequest original, HeaderLines response) {
        CarrierNames names = table.carriers();
        if (!config.cookie() || names.cookies().length == 0) {
            return;
        }
        CacheFields.vary(response);
        if (!link.read(request, names)) {
            return;
        }
        LaneEntry lane = link.lane(table);
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
    }

    /** Finds the host to go to out of a lane's host; null if the request's host names no lane. */
    public static @Nullable String bareHost(CompiledTable<?, ?> table, Slice authority) {
        return LaneLocation.bareHost(table.carriers(), authority);
    }
}
