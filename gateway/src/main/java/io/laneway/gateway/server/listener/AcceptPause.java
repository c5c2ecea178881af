package io.laneway.gateway.server.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a listening socket from accepting for a moment when that fails, as it does without file descriptors: clients wait in
 * its queue, and what is open is served. The log has it once a minute. Confined to the socket's event loop, save for what says
 * otherwise.
 */
final class AcceptPause extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptPause.class);

    private static final long PAUSE_MILLIS = 100;
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final String listener;
    private volatile boolean over;
    private boolean paused;
    private boolean logged;
    private long lastLog;
    private long failures;

    AcceptPause(String listener) {
        this.listener = listener;
    }

    /** The socket is never to accept again. Any thread. */
    void end() {
        over = true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException) || !ctx.channel().isOpen()) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        failures++;
        log(cause);
        if (!paused) {
            paused = true;
            ctx.channel().config().setAutoRead(false);
            var unused = ctx.executor().schedule(() -> resume(ctx), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        paused = false;
        if (!over) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void log(Throwable cause) {
        long now = System.nanoTime();
        if (logged && now - lastLog < QUIET) {
            return;
        }
        logged = true;
        lastLog = now;
        LOG.atWarn()
                .addKeyValue("listener", listener)
                .addKeyValue("reason", cause.getMessage())
                .addKeyValue("failures", failures)
                .log("connections cannot be accepted: clients wait until some are closed");
    }
}
