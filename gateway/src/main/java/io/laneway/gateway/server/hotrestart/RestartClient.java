package io.laneway.gateway.server.hotrestart;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannelConfig;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The running process that this one replaces. Closed before {@link #leave}, it continues as before. Confined to one
 * thread; blocks.
 */
public final class RestartClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;
    private static final Object GONE = new Object();

    private final EventLoopGroup thread;
    private final Channel channel;
    private final BlockingQueue<Object> replies;

    private RestartClient(EventLoopGroup thread, Channel channel, BlockingQueue<Object> replies) {
        this.thread = thread;
        this.channel = channel;
        this.replies = replies;
    }

    /** The process that listens at that path; null if none does. */
    public static @Nullable RestartClient at(Path path) {
        if (!Files.exists(path)) {
            return null;
        }
        BlockingQueue<Object> replies = new LinkedBlockingQueue<>();
        EventLoopGroup thread = RestartProtocol.thread();
        ChannelFuture connected = new Bootstrap()
                .group(thread)
                .channel(EpollDomainSocketChannel.class)
                .handler(RestartProtocol.lines(() -> new ReplyHandler(replies)))
                .connect(new DomainSocketAddress(path.toFile()))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            RestartProtocol.end(thread);
            return null;
        }
        return new RestartClient(thread, connected.channel(), replies);
    }

    /** Takes its listening sockets, which both have from now on. */
    public InheritedSockets sockets(String transport) {
        String[] words = ask(RestartProtocol.TAKE + " " + transport, RestartProtocol.SOCKETS)
                .split(" ");
        InheritedSockets sockets = new InheritedSockets();
        DomainSocketChannelConfig config = (DomainSocketChannelConfig) channel.config();
        config.setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
        say(RestartProtocol.SEND);
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].lastIndexOf('=');
            int count = Integer.parseInt(words[i].substring(equals + 1));
            for (int j = 0; j < count; j++) {
                sockets.add(words[i].substring(0, equals), descriptor());
            }
        }
        config.setReadMode(DomainSocketReadMode.BYTES);
        return sockets;
    }

    /** Has it close its admin interface. */
    public void freeAdmin() {
        ask(RestartProtocol.ADMIN, RestartProtocol.FREE);
    }

    /** Reports that this process serves now, so that the other may drain. */
    public void leave() {
        ask(RestartProtocol.SERVING, RestartProtocol.LEAVING);
    }

    private FileDescriptor descriptor() {
        if (next() instanceof FileDescriptor descriptor) {
            return descriptor;
        }
        throw new IllegalStateException("drain.handover: the running process answered with no socket");
    }

    private String ask(String line, String expected) {
        say(line);
        if (next() instanceof String reply && reply.startsWith(expected)) {
            return reply;
        }
        throw new IllegalStateException("drain.handover: the running process did not answer '" + expected + "' to '"
                + line + "' (expected: a gateway of this version that no other process replaces)");
    }

    private void say(String line) {
        var unused = channel.writeAndFlush(line + "\n");
    }

    private @Nullable Object next() {
        try {
            return replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        RestartProtocol.end(thread);
    }

    /** Keeps what the other process sends until it is asked for. */
    private static final class ReplyHandler extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<Object> replies;

        ReplyHandler(BlockingQueue<Object> replies) {
            this.replies = replies;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            replies.add(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            replies.add(GONE);
        }
    }
}
