package io.laneway.gateway.upstream.pool;

import io.laneway.router.model.service.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Thousands of endpoints behind one socket: each is an address of the loopback network. Counts their connections. */
final class ManyEndpoints implements AutoCloseable {

    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1);

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final LongAdder made = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final Channel server;

    ManyEndpoints(boolean http2) {
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(io.netty.channel.ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        count(channel);
                        if (http2) {
                            channel.pipeline()
                                    .addLast(Http2FrameCodecBuilder.forServer().build())
                                    .addLast(new Http2MultiplexHandler(new Stream()))
                                    .addLast(new Quiet());
                        } else {
                            channel.pipeline().addLast(new Answering());
                        }
                    }
                })
                .bind("0.0.0.0", 0)
                .syncUninterruptibly()
                .channel();
    }

    /** One of the endpoints. */
    Endpoint endpoint(int number) {
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        return Endpoint.at("127.1." + number / 250 + "." + (1 + number % 250) + ":" + port);
    }

    private void count(Channel channel) {
        made.increment();
        AtomicInteger here = open.computeIfAbsent(
                ((InetSocketAddress) channel.localAddress()).getAddress().getHostAddress(), key -> new AtomicInteger());
        here.incrementAndGet();
        channel.closeFuture().addListener(closed -> here.decrementAndGet());
    }

    /** Connections made so far. */
    long made() {
        return made.sum();
    }

    /** Requests read so far. */
    long requests() {
        return requests.sum();
    }

    /** Connections that are open now. */
    int open() {
        return open.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Most connections that one endpoint has now. */
    int most() {
        return open.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The gateway may end connections with a reset when it closes. */
    private static class Quiet extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Answers each head of HTTP/1.1; there are no bodies. */
    private final class Answering extends Quiet {

        private int matched;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            while (in.isReadable()) {
                byte next = in.readByte();
                matched = next == '\n' ? matched + 1 : next == '\r' ? matched : 0;
                if (matched == 2) {
                    matched = 0;
                    requests.increment();
                    ctx.write(Unpooled.wrappedBuffer(OK));
                }
            }
            in.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }

    /** Answers each stream of HTTP/2 when its head is there. */
    @io.netty.channel.ChannelHandler.Sharable
    private final class Stream extends Quiet {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http2HeadersFrame) {
                requests.increment();
                ctx.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200"), true));
            }
            ReferenceCountUtil.release(message);
        }
    }
}
