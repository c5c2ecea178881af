package io.laneway.gateway.server.hotrestart;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The words of a hot restart, one a line, asked by the new process and answered by the running one, and what both ends
 * need to speak them.
 *
 * <pre>
 * TAKE transport  SOCKETS listener=count listener=count
 * SEND            so many descriptors, in that order
 * ADMIN           FREE      the admin interface may be bound
 * SERVING         LEAVING   the running process accepts no more and drains
 * </pre>
 */
final class RestartProtocol {

    static final String TAKE = "take";
    static final String SOCKETS = "sockets";
    static final String SEND = "send";
    static final String ADMIN = "admin";
    static final String FREE = "free";
    static final String SERVING = "serving";
    static final String LEAVING = "leaving";

    private static final int MAX_LINE = 16 * 1024;

    private RestartProtocol() {}

    /** One thread, which may block: nothing but hot restarts runs on it. */
    static EventLoopGroup thread() {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("laneway-restart", true), EpollIoHandler.newFactory());
    }

    static void end(EventLoopGroup thread) {
        var unused = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    static ChannelInitializer<Channel> lines(Supplier<ChannelHandler> last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new LineBasedFrameDecoder(MAX_LINE), new StringDecoder(), new StringEncoder())
                        .addLast(last.get());
            }
        };
    }
}
