package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Decision;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Writes on a request what the next hop is to know: its lane, the way it came, its id; and takes off what strangers must
 * not say (docs/reference/headers.md). Confined to one event loop; one for each listener on it.
 */
public final class RequestHeaders {

    private static final long OURS = Field.X_LANEWAY_ASSIGNED.bit()
            | Field.X_LANEWAY_DECISION.bit()
            | Field.X_LANEWAY_HOPS.bit()
            | Field.X_LANEWAY_LANE.bit()
            | Field.X_LANEWAY_OTHER.bit();

    private static final long FOR_INTERNAL_USE = Field.X_ENVOY_MAX_RETRIES.bit()
            | Field.X_ENVOY_RETRY_ON.bit()
            | Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit()
            | Field.X_FORWARDED_CLIENT_CERT.bit();

    private static final byte[] FIRST_HOP = line("x-laneway-hops: 1");
    private static final byte[] BY_SHIFT = line("x-laneway-assigned: shift");
    private static final byte[] PINNED = line("x-laneway-assigned: pinned");
    private static final byte[] HTTP = line("x-forwarded-proto: http");
    private static final byte[] HTTPS = line("x-forwarded-proto: https");
    private static final Slice INSECURE = Slice.of("http");
    private static final Slice SECURE = Slice.of("https");

    private final boolean internal;
    private final boolean via;
    private final RequestIds ids;
    private final Baggage baggage = new Baggage();
    private final Slice stamp = new Slice();
    private final Slice scratch = new Slice();

    public RequestHeaders(ListenerContext listener) {
        this.internal = listener.traits().internal();
        this.via = listener.headers().via();
        this.ids = new RequestIds(listener.upstreams().loop().random());
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Gives every request an id before anything else is done with it: decisions are made by it, and local replies name
     * it.
     *
     * @return whether it is one that the gateway made
     */
    public boolean identify(RequestHead head) {
        HeaderLines lines = head.lines();
        int line = lines.find(Field.X_REQUEST_ID, 0);
        if (line >= 0) {
            if (internal && lines.valueLength(line) > 0) {
                return false;
            }
            lines.remove(Field.X_REQUEST_ID);
        }
        lines.add(Field.X_REQUEST_ID, ids.next(), 0, RequestIds.LENGTH);
        return true;
    }

    /** Settles the head of a request that is forwarded to a service. */
    public void stamp(RequestHead head, Decision<?, ?> decision, DownstreamPeer peer, OriginalRequest original) {
        HeaderLines lines = head.lines();
        int hops = internal ? Routing.hops(lines) : 0;
        if (lines.mayHave(OURS)) {
            removeOurs(lines);
        }
        if (!internal && lines.mayHave(FOR_INTERNAL_USE)) {
            lines.remove(Field.X_ENVOY_MAX_RETRIES);
            lines.remove(Field.X_ENVOY_RETRY_ON);
            lines.remove(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS);
            lines.remove(Field.X_FORWARDED_CLIENT_CERT);
        }
        lane(lines, decision);
        hops(lines, hops);
        forwarded(lines, peer, original);
        certificate(lines, peer);
        if (via) {
            lines.add(Field.VIA.header(), head.version() == RequestHead.Version.HTTP_2 ? "2 laneway" : "1.1 laneway");
        }
    }

    /** Writes that lane over the stamp of a settled head, as if it had been asked for. */
    public void restamp(HeaderLines lines, LaneEntry lane) {
        stamp.set(lane.nameBytes(), 0, lane.nameBytes().length);
        header(lines);
        baggage.write(lines, stamp);
        lines.remove(Field.X_LANEWAY_ASSIGNED);
    }

    private static void removeOurs(HeaderLines lines) {
        lines.remove(Field.X_LANEWAY_ASSIGNED);
        lines.remove(Field.X_LANEWAY_DECISION);
        lines.remove(Field.X_LANEWAY_HOPS);
        lines.remove(Field.X_LANEWAY_LANE);
        lines.remove(Field.X_LANEWAY_OTHER);
    }

    private void lane(HeaderLines lines, Decision<?, ?> decision) {
        if (decision.stamped()) {
            decision.stamp(stamp);
        } else {
            stamp.clear();
        }
        header(lines);
        if (stamp.length() > 0 || lines.mayHave(Field.BAGGAGE.bit())) {
            baggage.write(lines, stamp);
        }
        if (decision.assigned() == Assigned.SHIFT) {
            lines.addLine(BY_SHIFT, Field.X_LANEWAY_ASSIGNED);
        } else if (decision.assigned() == Assigned.PINNED) {
            lines.addLine(PINNED, Field.X_LANEWAY_ASSIGNED);
        }
    }

    private void header(HeaderLines lines) {
        int line = lines.find(Field.TRACE_BRANCH, 0);
        if (line >= 0) {
            lines.value(line, scratch);
            boolean same = CharSequence.compare(scratch, stamp) == 0;
            if (same && lines.find(Field.TRACE_BRANCH, line + 1) < 0) {
                return;
            }
            lines.remove(Field.TRACE_BRANCH);
        }
        if (stamp.length() > 0) {
            lines.add(Field.TRACE_BRANCH, stamp.array(), stamp.offset(), stamp.length());
        }
    }

    private static void hops(HeaderLines lines, int hops) {
        if (hops == 0) {
            lines.addLine(FIRST_HOP, Field.X_LANEWAY_HOPS);
        } else {
            lines.add(Field.X_LANEWAY_HOPS, hops + 1L);
        }
    }

    /** What strangers say of certificates is nothing; what a verified one says is passed on. */
    private void certificate(HeaderLines lines, DownstreamPeer peer) {
        String identity = peer.clientCertificate();
        if (!internal || identity != null) {
            lines.remove(Field.X_FORWARDED_CLIENT_CERT);
        }
        if (identity != null) {
            lines.add(Field.X_FORWARDED_CLIENT_CERT.header(), identity);
        }
    }

    private void forwarded(HeaderLines lines, DownstreamPeer peer, OriginalRequest original) {
        int line = lines.find(Field.X_FORWARDED_FOR, 0);
        int start = lines.begin(Field.X_FORWARDED_FOR.header());
        while (line >= 0) {
            lines.append(lines.array(), lines.valueOffset(line), lines.valueLength(line));
            lines.text(", ");
            lines.remove(line);
            line = lines.find(Field.X_FORWARDED_FOR, line + 1);
        }
        lines.append(peer.addressBytes(), 0, peer.addressBytes().length);
        lines.finish(start, Field.X_FORWARDED_FOR);
        scheme(lines, original.secure());
        host(lines, original.host());
    }

    private void scheme(HeaderLines lines, boolean secure) {
        if (hasAlready(lines, Field.X_FORWARDED_PROTO, secure ? SECURE : INSECURE)) {
            return;
        }
        lines.remove(Field.X_FORWARDED_PROTO);
        lines.addLine(secure ? HTTPS : HTTP, Field.X_FORWARDED_PROTO);
    }

    private void host(HeaderLines lines, Slice host) {
        if (hasAlready(lines, Field.X_FORWARDED_HOST, host)) {
            return;
        }
        lines.remove(Field.X_FORWARDED_HOST);
        if (host.length() > 0) {
            lines.add(Field.X_FORWARDED_HOST, host.array(), host.offset(), host.length());
        }
    }

    /**
     * Whether a line of the field is to be left: internal peers say what they like, others once and what is believed.
     */
    private boolean hasAlready(HeaderLines lines, Field field, Slice value) {
        int line = lines.find(field, 0);
        if (line < 0) {
            return false;
        }
        lines.value(line, scratch);
        return internal || (lines.find(field, line + 1) < 0 && CharSequence.compare(scratch, value) == 0);
    }
}
