package io.laneway.gateway.health;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Asks no more than a connection. Confined to the watch's thread. */
final class TcpQuestion extends ChannelInboundHandlerAdapter {

    private final Verdict verdict;

    TcpQuestion(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        verdict.is(true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        verdict.is(false);
    }
}
