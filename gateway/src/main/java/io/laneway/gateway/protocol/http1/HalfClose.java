package io.laneway.gateway.protocol.http1;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;

/**
 * The ends of the two directions of a connection that carries a tunnel or another protocol. With TLS a connection ends as
 * a whole (RFC 5246 section 7.2.1), but for TLS 1.3 (RFC 8446 section 6.1) by an engine that ends directions one by one.
 * Stateless.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
public final class HalfClose {

    private static final String TLS_1_3 = "TLSv1.3";

    private HalfClose() {}

    /** Whether each direction can end alone, as far as TLS matters, whose handshake is over. */
    private static boolean isPossible(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null
                || (!(tls.engine() instanceof ReferenceCountedOpenSslEngine)
                        && TLS_1_3.equals(tls.engine().getSession().getProtocol()));
    }

    /** Keeps a channel open when its peer has sent its last byte, which is then an event. */
    public static void allow(Channel channel) {
        if (isPossible(channel)) {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }

    /** Lets what was received be read when writing fails: netty closes at once else, and drops it. */
    @SuppressWarnings("deprecation") // there is no other way to say it
    static void readBehindBrokenOutput(Channel channel) {
        channel.config().setAutoClose(false);
    }

    /** Whether an event says that the peer has sent its last byte. */
    public static boolean isEndOfInput(Object event) {
        return event == ChannelInputShutdownEvent.INSTANCE;
    }

    /** The same, of a connection that may have TLS: its close_notify comes before the end of TCP, or without it. */
    public static boolean isEndOfInput(Channel channel, Object event) {
        return isEndOfInput(event) || (isGoodbye(event) && isPossible(channel));
    }

    /** Whether an event says that the peer has ended both directions: by close_notify, where none can end alone. */
    public static boolean isEndOfAll(Channel channel, Object event) {
        return isGoodbye(event) && !isPossible(channel);
    }

    private static boolean isGoodbye(Object event) {
        return event instanceof SslCloseCompletionEvent said && said.isSuccess();
    }

    /**
     * Reads on, or pauses. One whose peer has sent its last byte is left alone: epoll has let go of it, and netty closes a
     * channel that it cannot read, with what is still to be written to it.
     */
    public static void read(Channel channel, boolean more) {
        if (!(channel instanceof DuplexChannel duplex && duplex.isInputShutdown())) {
            channel.config().setAutoRead(more);
        }
    }

    /**
     * Ends our direction when all is written.
     *
     * @return false if that direction cannot end alone
     */
    public static boolean endOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && isPossible(channel)) {
            endOutputForGood(duplex);
            return true;
        }
        return false;
    }

    /** Closes at once so that the peer sees that what it got is not whole: by a reset, and without close_notify. */
    public static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        if (tls == null) {
            channel.close();
        } else {
            tls.close();
        }
    }

    /** Ends both when all is written. */
    public static void endBoth(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Ends our direction for good when all is written, TLS with close_notify (RFC 8446 section 6.1); what comes is read
     * on.
     */
    static void endOutputForGood(DuplexChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (tls == null) {
                channel.shutdownOutput();
            } else {
                tls.closeOutbound().addListener(done -> channel.shutdownOutput());
            }
        });
    }
}
