package io.laneway.gateway.upstream.health;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * What is asked of an endpoint, and which response means that it is healthy. A connection that ends or fails before
 * the response means that it is not. Confined to the health checker's thread.
 *
 * @param <T> what a response consists of
 */
abstract class Probe<T> extends SimpleChannelInboundHandler<T> {

    /** The least status of a response that is no interim one. */
    static final int OK = 200;

    /** The least status that is not healthy: 2xx and 3xx are, as with probes of Kubernetes. */
    static final int BAD = 400;

    final HealthCheck check;
    final ProbeResult result;

    Probe(HealthCheck check, ProbeResult result) {
        this.check = check;
        this.result = result;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        result.is(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.is(false);
    }
}
