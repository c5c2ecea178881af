package io.laneway.gateway.runtime.eventloop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * Acknowledges now what a peer sent last, rather than with the next bytes to it or after 40 ms. For moments at which the peer
 * has more to send and this side has nothing: a peer that gathers small writes (RFC 896) waits for the acknowledgement.
 * Stateless.
 */
public final class QuickAck {

    private static final ChannelOption<Boolean> NIO = NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK);

    private QuickAck() {}

    /** Does it where the system can (Linux, one call of it); from the channel's event loop. */
    public static void now(Channel channel) {
        try {
            if (channel instanceof IoUringSocketChannel) {
                channel.config().setOption(IoUringChannelOption.TCP_QUICKACK, true);
            } else if (channel instanceof EpollSocketChannel) {
                channel.config().setOption(EpollChannelOption.TCP_QUICKACK, true);
            } else if (channel instanceof NioSocketChannel) {
                channel.config().setOption(NIO, true);
            }
        } catch (ChannelException e) {
            // it was closed meanwhile: nothing is to be acknowledged
        }
    }
}
