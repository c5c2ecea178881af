package io.laneway.gateway.upstream.health;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * What is asked of an endpoint, and what of its response is well. A connection that ends or fails before the response
 * says that it is not. Confined to the watch's thread.
 *
 * @param <T> what a response consists of
 */
abstract class Probe<T> extends SimpleChannelInboundHandler<T> {

    /** The least status of a response that is no interim one. */
    static final int OK = 200;

    /** The least status that is not well: 2xx and 3xx are, as with probes of Kubernetes. */
    static final int BAD = 400;

    final HealthCheck check;
    final ProbeResult verdict;

    Probe(HealthCheck check, ProbeResult verdict) {
        this.check = check;
        this.verdict = verdict;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        verdict.is(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        verdict.is(false);
    }
}
