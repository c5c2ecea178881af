package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Drain;
import io.laneway.gateway.runtime.eventloop.HeldBytes;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * Finds out by its first bytes whether a connection in the clear speaks HTTP/1.1, or HTTP/2 with prior knowledge (RFC
 * 9113 section 3.3). Confined to its event loop.
 */
final class PrefaceReader extends ChannelInboundHandlerAdapter {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final DownstreamCodecs codecs;
    private final LoopServices services;
    private final Channel channel;
    private final DownstreamPeer peer;
    private final TimerEntry deadline;
    private final HeldBytes held = new HeldBytes();

    PrefaceReader(DownstreamCodecs codecs, LoopServices services, Channel channel, DownstreamPeer peer) {
        this.codecs = codecs;
        this.services = services;
        this.channel = channel;
        this.peer = peer;
        this.deadline = new TimerEntry() {
            @Override
            protected void expired() {
                var unused = channel.close();
            }
        };
        loop().deadline(deadline, codecs.idleTime());
    }

    private Loop loop() {
        return services.loop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        boolean first = held.isEmpty();
        ByteBuf in = held.joined((ByteBuf) msg, ctx.alloc());
        int n = Math.min(in.readableBytes(), PREFACE.length);
        int at = in.readerIndex();
        int same = 0;
        while (same < n && in.getByte(at + same) == PREFACE[same]) {
            same++;
        }
        if (same == n && n < PREFACE.length) {
            held.hold(in, ctx.alloc());
            if (first) {
                loop().deadline(deadline, codecs.headTime());
            }
            return;
        }
        if (same == PREFACE.length) {
            var unused = codecs.http2().replace(channel, this, services, peer);
        } else {
            codecs.http1(channel, this, services, peer);
        }
        channel.pipeline().fireChannelRead(in);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.EVENT && held.isEmpty()) {
            loop().deadline(deadline, codecs.drainTime());
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        loop().wheel().forget(deadline);
        held.free();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
