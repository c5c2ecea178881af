package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.http1.ProtocolSwitch;
import io.laneway.gateway.protocol.http1.ServerConnection;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Drain;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** Puts the protocol of a client's connection into its pipeline, once it is known which it is. Immutable. */
record DownstreamCodecs(Http1Settings http1, Http2Codec http2) {

    /** Time that a connection may be without a byte. */
    long idleTime() {
        return http1.idleTime();
    }

    /** Time from a connection's first byte until its protocol is known. */
    long headTime() {
        return http1.headTime();
    }

    /** Time that a connection may be without a byte once the gateway drains. */
    long drainTime() {
        return http1.drainTime();
    }

    /** Replaces the handler that found out by the codec for HTTP/1.1. */
    void http1(Channel channel, ChannelHandler by, LoopServices services, DownstreamPeer peer) {
        ProtocolSwitch upgrade = peer.secure() ? null : new H2cUpgrade(http2, services, peer, channel);
        channel.pipeline()
                .replace(
                        by,
                        null,
                        new ServerConnection(services.loop(), http1, services.exchanges(), peer, upgrade, channel));
        services.connections().announceDrain(channel);
    }

    /** The same for HTTP/1.1 in the clear where TLS is expected: the first request is refused, and the last. */
    void refusing(Channel channel, ChannelHandler by, LoopServices services, DownstreamPeer peer) {
        PlainHttpOnTls refusal = new PlainHttpOnTls(services.exchanges());
        channel.pipeline()
                .replace(by, null, new ServerConnection(services.loop(), http1, refusal, peer, null, channel));
        // a connection that drains is closed behind its next response
        channel.pipeline().fireUserEventTriggered(Drain.EVENT);
    }
}
