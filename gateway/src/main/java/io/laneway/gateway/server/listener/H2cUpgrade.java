package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.http1.ProtocolSwitch;
import io.laneway.gateway.protocol.http2.UpgradeSettings;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.router.text.Slice;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;

/**
 * Continues in HTTP/2 on a connection in the clear whose client asks for that by {@code Upgrade: h2c} (RFC 7540 section
 * 3.2); with malformed settings the request is answered in HTTP/1.1. Confined to its event loop.
 */
record H2cUpgrade(Http2Codec codec, LoopServices services, DownstreamPeer peer, Channel channel)
        implements ProtocolSwitch {

    private static final byte[] SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);

    @Override
    public boolean takeOver(ChannelHandler before, RequestHead head, Slice settings) {
        Http2Settings theirs = UpgradeSettings.read(settings);
        if (theirs == null) {
            return false;
        }
        var unused = channel.write(Unpooled.wrappedBuffer(SWITCHING));
        try {
            codec.replace(channel, before, services, peer).upgraded(theirs, head);
        } catch (Http2Exception e) {
            unused = channel.close();
        }
        return true;
    }
}
