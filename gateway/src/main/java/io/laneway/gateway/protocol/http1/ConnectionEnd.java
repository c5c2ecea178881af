package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.tls.HandshakeFailures;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint's connection comes to its end, and what that cuts off. Over TLS only close_notify (RFC 8446 section
 * 6.1) is the end of what ends with the connection: any hop on the way can close a TCP connection. Confined to one
 * event loop.
 */
public final class ConnectionEnd {

    private final Channel channel;
    private boolean closeNotified;
    private boolean broken;
    private Failure beforeResponse = Failure.RESET_BEFORE_RESPONSE;

    public ConnectionEnd(Channel channel) {
        this.channel = channel;
    }

    /** Whether an event is the peer's close_notify. */
    public boolean isGoodbye(Object event) {
        boolean now = event instanceof SslCloseCompletionEvent said && said.isSuccess();
        closeNotified |= now;
        return now;
    }

    /** The connection broke. */
    public void broke(Throwable cause) {
        broken = true;
        String refusal = HandshakeFailures.refusal(cause);
        if (refusal == null) {
            ConnectionChannel.log(cause);
        } else {
            beforeResponse = Failure.tls(refusal);
        }
    }

    /** What becomes of a request without a response, or whose response ended in its head. */
    Failure cutBefore(boolean begun) {
        return begun ? Failure.RESET_IN_HEAD : beforeResponse;
    }

    /**
     * Why a body is not whole, null if it is.
     *
     * @param endsHere whether the connection's end is to be the body's
     */
    public @Nullable Failure cut(boolean endsHere) {
        if (broken || !endsHere) {
            return Failure.RESET_IN_RESPONSE;
        }
        return closeNotified || channel.pipeline().get(SslHandler.class) == null ? null : Failure.TRUNCATED;
    }
}
