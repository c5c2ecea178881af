package io.laneway.gateway.testkit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * An endpoint that speaks HTTP/1.1, HTTP/2 or both, in the clear or over TLS. It answers with its name and the version, echoes
 * what follows an upgrade and the messages of gRPC, and counts requests by version.
 */
public final class Polyglot implements AutoCloseable {

    /** One for all of them, which lasts as long as the tests. */
    private static final MultiThreadIoEventLoopGroup THREADS =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("polyglot", true), NioIoHandler.newFactory());

    private static final String HTTP1 = "http/1.1";
    private static final String HTTP2 = "h2";

    /** What an endpoint speaks. */
    public enum Kind {
        HTTP1_ONLY(true, false),
        /** Sends its settings as soon as a connection stands. */
        H2C_ONLY(false, true),
        /** Waits for the preface, and closes on anything else. */
        H2C_SILENT(false, true),
        BOTH(true, true),
        TLS_WITHOUT_ALPN(true, false),
        TLS_HTTP1(true, false, HTTP1),
        TLS_H2(false, true, HTTP2),
        TLS_BOTH(true, true, HTTP2 + "," + HTTP1);

        private final boolean http1;
        private final boolean http2;
        private final String alpn;

        Kind(boolean http1, boolean http2) {
            this(http1, http2, "");
        }

        /** @param alpn the application protocols that it offers over TLS */
        Kind(boolean http1, boolean http2, String alpn) {
            this.http1 = http1;
            this.http2 = http2;
            this.alpn = alpn;
        }

        public boolean secure() {
            return !alpn.isEmpty() || this == TLS_WITHOUT_ALPN;
        }

        public boolean speaksHttp1() {
            return http1;
        }

        public boolean speaksHttp2() {
            return http2;
        }
    }

    private final Kind kind;
    private final String name;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel server;
    final AtomicInteger http1 = new AtomicInteger();
    final AtomicInteger http2 = new AtomicInteger();

    private Polyglot(Kind kind, String name, InetSocketAddress at, TestTls tls) {
        this.kind = kind;
        this.name = name;
        SslContext context = kind.secure() ? context(kind, tls) : null;
        this.server = new ServerBootstrap()
                .group(THREADS)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        start(channel, context);
                    }
                })
                .bind(at)
                .syncUninterruptibly()
                .channel();
    }

    /** On a free port of 127.0.0.1. */
    public static Polyglot speaking(Kind kind, String name, TestTls tls) {
        return at(kind, name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls);
    }

    /** At that address. */
    public static Polyglot at(Kind kind, String name, InetSocketAddress at, TestTls tls) {
        return new Polyglot(kind, name, at, tls);
    }

    private static SslContext context(Kind kind, TestTls tls) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            tls.file("server.pem").toFile(),
                            tls.file("server.key").toFile())
                    .sslProvider(SslProvider.JDK);
            if (!kind.alpn.isEmpty()) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        kind.alpn.split(",")));
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(Channel channel, SslContext context) {
        ChannelPipeline pipeline = channel.pipeline();
        if (context != null) {
            pipeline.addLast(context.newHandler(channel.alloc()));
            pipeline.addLast(new ApplicationProtocolNegotiationHandler(HTTP1) {
                @Override
                protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                    speak(ctx.pipeline(), protocol.equals(HTTP2));
                }

                @Override
                protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                    ctx.close();
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    ctx.close();
                }
            });
        } else if (kind == Kind.BOTH || kind == Kind.H2C_SILENT) {
            pipeline.addLast(new Chooser());
        } else {
            speak(pipeline, kind.http2);
        }
    }

    private void speak(ChannelPipeline pipeline, boolean inFrames) {
        if (inFrames) {
            Http2Settings settings = Http2Settings.defaultSettings().connectProtocolEnabled(true);
            pipeline.addLast(
                    Http2FrameCodecBuilder.forServer()
                            .initialSettings(settings)
                            .validateHeaders(false)
                            .build(),
                    new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel stream) {
                            stream.pipeline().addLast(new PolyglotStream(name, http2));
                        }
                    }));
        } else {
            pipeline.addLast(new HttpServerCodec(), new PolyglotConversation(name, http1));
        }
    }

    /** Looks at the first bytes of a connection. */
    private final class Chooser extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            if (in.readableBytes() < 4) {
                return;
            }
            boolean inFrames = in.getByte(in.readerIndex()) == 'P'
                    && in.getByte(in.readerIndex() + 1) == 'R'
                    && in.getByte(in.readerIndex() + 2) == 'I';
            if (!inFrames && !kind.http1) {
                in.skipBytes(in.readableBytes());
                ctx.close();
                return;
            }
            speak(ctx.pipeline(), inFrames);
            ctx.pipeline().remove(this);
        }
    }

    public Kind kind() {
        return kind;
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** How many requests came in HTTP/1.1. */
    public int http1() {
        return http1.get();
    }

    /** How many requests came in HTTP/2. */
    public int http2() {
        return http2.get();
    }

    /** Closes every open connection, and continues to listen. */
    public void cut() {
        open.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        cut();
        // NIO frees the port when the loop has selected once more.
        for (int turn = 0; turn < 2; turn++) {
            THREADS.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }
}
