package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.router.text.Slice;

/**
 * How a request was made before it came to proxies of ours: by whom, by which scheme, to which host. Redirections,
 * forwarded headers, rates, rings and the access log all read it here. Confined to one event loop; used again for request
 * after request.
 */
public final class OriginalRequest {

    final Slice source = new Slice();
    final Slice host = new Slice();
    boolean secure;

    /** It came over this connection as it is. */
    void direct(RequestHead head, DownstreamPeer peer) {
        source.set(peer.addressBytes(), 0, peer.addressBytes().length);
        head.authority(host);
        secure = peer.secure();
    }

    /** The address of the client as text, without port. */
    public Slice source() {
        return source;
    }

    /** The host and maybe the port that the client asked; empty if it named none. */
    public Slice host() {
        return host;
    }

    /** Whether the client spoke TLS. */
    public boolean secure() {
        return secure;
    }
}
