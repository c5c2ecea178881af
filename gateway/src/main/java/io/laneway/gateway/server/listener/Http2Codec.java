package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http2.Http2ServerConnection;
import io.laneway.gateway.protocol.http2.StreamSettings;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** Puts HTTP/2 into the pipeline of a client's connection. Immutable. */
record Http2Codec(StreamSettings settings) {

    /** Replaces the handler that found out that the client speaks it. */
    Http2ServerConnection replace(Channel channel, ChannelHandler by, LoopServices services, DownstreamPeer peer) {
        Http2ServerConnection connection = new Http2ServerConnection(services.streams(), settings, peer);
        channel.pipeline().replace(by, null, connection);
        services.connections().announceDrain(channel);
        return connection;
    }
}
