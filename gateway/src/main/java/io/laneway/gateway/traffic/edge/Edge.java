package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.router.text.Slice;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What one listener makes of a well-formed head before it is routed. Confined to one event loop. */
public final class Edge {

    private final PathRules paths;
    private final NameRules names;
    private final ForwardedFields forwarded;
    private final @Nullable SourceAccess access;
    private final boolean first;

    /** The edge that a listener's configuration describes. */
    public Edge(ListenerConfig listener) {
        this.paths = new PathRules(listener.paths());
        this.names = new NameRules(listener.paths().underscores(), listener.trust() == Trust.EXTERNAL);
        this.forwarded = new ForwardedFields(listener.trustedHops(), listener.trust() == Trust.EXTERNAL);
        this.first = listener.trust() == Trust.EXTERNAL && listener.trustedHops() == 0;
        this.access = listener.access() == null ? null : new SourceAccess(listener.access());
    }

    /** Finds out how a request was made, and takes off what strangers say of it; to be called before anything is added. */
    public void original(RequestHead head, DownstreamPeer peer, OriginalRequest into) {
        forwarded.settle(head, peer, into);
    }

    /** Why requests from where this one comes are not taken, null if they are; to be called when {@link #original} was. */
    public @Nullable Failure refusal(OriginalRequest request) {
        return access == null ? null : access.refusal(request.source());
    }

    /** Whether connections are those of strangers themselves, with no proxy of ours before them. */
    public boolean isFirst() {
        return first;
    }

    /** Whether connections from there are taken that are not looked into. */
    public boolean takes(SocketAddress source) {
        return access == null
                || (source instanceof InetSocketAddress from
                        && from.getAddress() != null
                        && access.refusal(Slice.of(from.getAddress().getHostAddress())) == null);
    }

    /** Settles names, path and hops; null if nothing is wrong. */
    public @Nullable Failure settle(RequestHead head) {
        Failure wrong = names.settle(head.lines());
        if (wrong == null) {
            wrong = paths.settle(head);
        }
        if (wrong == null && counts(head)) {
            wrong = isLast(head) ? null : MaxForwards.count(head.lines());
        }
        return wrong;
    }

    /** Whether the client wants this hop to answer. */
    public static boolean isLast(RequestHead head) {
        return counts(head) && MaxForwards.isZero(head.lines());
    }

    private static boolean counts(RequestHead head) {
        return head.method() == Method.OPTIONS && head.lines().mayHave(Field.MAX_FORWARDS.bit());
    }
}
