package io.laneway.gateway.server.adminhttp;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.router.background.DaemonThreadFactory;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Listens and serves calls, on a thread of its own and two more for what takes long. Connections that say nothing for a
 * minute are closed. Safe for many threads.
 */
public final class AdminHttp implements AutoCloseable {

    private static final int IDLE_SECONDS = 60;
    private static final int WORKERS = 2;
    private static final long CLOSING_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("laneway-admin", true), NioIoHandler.newFactory());
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreadFactory("laneway-admin-work"));
    private final ChannelGroup open = new DefaultChannelGroup(thread.next());

    public AdminHttp() {
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Listens, and blocks until it does.
     *
     * @param key of the configuration that has the address
     * @return the port, as bound
     * @throws StartFailure if the address cannot be had
     */
    public int listen(String key, Address address, CallRoutes routes) {
        ChannelFuture bound = new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        channel.pipeline()
                                .addLast(
                                        new IdleStateHandler(0, 0, IDLE_SECONDS),
                                        new HttpServerCodec(new HttpDecoderConfig()
                                                .setMaxInitialLineLength(CallConnection.MOST_LINE)
                                                .setMaxHeaderSize(CallConnection.MOST_HEAD)),
                                        new CallConnection(routes, workers, channel));
                    }
                })
                .bind(new InetSocketAddress(address.host(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new StartFailure(key + ": cannot listen on " + address, bound.cause());
        }
        open.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Gives the addresses back and ends every connection; what is written already still goes out. */
    @Override
    public void close() {
        workers.shutdown();
        open.close().awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
        thread.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
