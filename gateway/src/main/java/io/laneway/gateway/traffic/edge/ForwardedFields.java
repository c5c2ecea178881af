package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.Authority;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;

/**
 * What a listener believes of the fields by which proxies say how a request came to them. Without proxies of ours an
 * external listener believes nothing and takes them off. Behind N proxies of ours it believes what these can have written:
 * the last N entries of {@code x-forwarded-for} and {@code forwarded}; what a stranger wrote before them is taken off.
 * Confined to one event loop.
 */
final class ForwardedFields {

    private static final long CLAIMS = Field.FORWARDED.bit()
            | Field.X_FORWARDED_FOR.bit()
            | Field.X_FORWARDED_HOST.bit()
            | Field.X_FORWARDED_PROTO.bit()
            | Field.X_FORWARDED_OTHER.bit()
            | Field.X_REAL_IP.bit();

    private final int trustedHops;
    private final boolean external;
    private final ForwardedEntry entry = new ForwardedEntry();

    ForwardedFields(int trustedHops, boolean external) {
        this.trustedHops = trustedHops;
        this.external = external;
    }

    /** Finds out how the request was made; to be called before anything is added to the head. */
    void settle(RequestHead head, DownstreamPeer peer, OriginalRequest into) {
        into.direct(head, peer);
        HeaderLines lines = head.lines();
        if (!lines.mayHave(CLAIMS)) {
            return;
        }
        if (trustedHops > 0) {
            believe(lines, into);
        } else if (external) {
            lines.remove(Field.FORWARDED);
            lines.remove(Field.X_FORWARDED_FOR);
            lines.remove(Field.X_FORWARDED_HOST);
            lines.remove(Field.X_FORWARDED_PROTO);
            lines.remove(Field.X_FORWARDED_OTHER);
            lines.remove(Field.X_REAL_IP);
        }
    }

    private void believe(HeaderLines lines, OriginalRequest into) {
        scheme(lines, into);
        host(lines, into);
        boolean known = entry.find(lines, Field.X_FORWARDED_FOR, trustedHops) && entry.address(lines.array());
        if (known) {
            entry.value(lines.array(), into.source);
        }
        if (!external) {
            return;
        }
        if (!known) {
            lines.remove(Field.X_FORWARDED_FOR);
        } else if (!entry.isFirst(lines)) {
            entry.dropWhatIsBefore(lines, Field.X_FORWARDED_FOR);
        }
        ForwardedElements.keepLast(lines, trustedHops);
        if (lines.find(Field.X_REAL_IP, 0) >= 0) {
            lines.remove(Field.X_REAL_IP);
            lines.add(Field.X_REAL_IP, into.source.array(), into.source.offset(), into.source.length());
        }
    }

    private void scheme(HeaderLines lines, OriginalRequest into) {
        if (entry.findOrFirst(lines, Field.X_FORWARDED_PROTO, trustedHops)) {
            byte[] array = lines.array();
            if (entry.spells(array, "https") || entry.spells(array, "wss")) {
                into.secure = true;
            } else if (entry.spells(array, "http") || entry.spells(array, "ws")) {
                into.secure = false;
            }
        }
    }

    private void host(HeaderLines lines, OriginalRequest into) {
        if (entry.findOrFirst(lines, Field.X_FORWARDED_HOST, trustedHops)
                && Authority.isValid(lines.array(), entry.start(), entry.end() - entry.start())) {
            entry.value(lines.array(), into.host);
        }
    }
}
