package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.Slice;
import io.netty.channel.ChannelHandler;

/**
 * Takes a client's connection over when the client asks to continue in HTTP/2 (RFC 7540 section 3.2). There is one for
 * each connection in the clear; confined to its event loop.
 */
@FunctionalInterface
public interface ProtocolSwitch {

    /**
     * Takes the place of {@code before} in its pipeline and answers the request.
     *
     * @param before   the handler of the connection, all of whose responses are written
     * @param head     the request that asked; belongs to the successor if it takes over
     * @param settings the value of {@code HTTP2-Settings}, valid during the call
     * @return false if it does not: the request is then served as if it had asked nothing
     */
    boolean takeOver(ChannelHandler before, RequestHead head, Slice settings);
}
