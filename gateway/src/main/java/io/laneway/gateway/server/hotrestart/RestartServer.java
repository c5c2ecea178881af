package io.laneway.gateway.server.hotrestart;

import io.laneway.gateway.runtime.config.StartFailure;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Awaits the process that replaces this one, on a Unix domain socket that only this user may use. One at a time; if it
 * goes away before it serves, this process continues as before. Safe for many threads.
 */
public final class RestartServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RestartServer.class);

    private final Path path;
    private final RestartSource source;
    private final EventLoopGroup thread = RestartProtocol.thread();
    private @Nullable Object key;
    private @Nullable Successor current;

    private RestartServer(Path path, RestartSource source) {
        this.path = path;
        this.source = source;
    }

    /**
     * Listens at that path, in place of the process that did.
     *
     * @throws IllegalStateException if it cannot
     */
    public static RestartServer await(Path path, RestartSource source) {
        RestartServer server = new RestartServer(path.toAbsolutePath(), source);
        try {
            server.listen();
            return server;
        } catch (IOException e) {
            server.close();
            throw new StartFailure("drain.handover: cannot listen on " + path, e);
        }
    }

    /** Bound beside and moved into place, so that there is always a process to connect to. */
    private void listen() throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.deleteIfExists(fresh);
        ChannelFuture bound = new ServerBootstrap()
                .group(thread)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(RestartProtocol.lines(Successor::new))
                .bind(new DomainSocketAddress(fresh.toFile()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause());
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        key = key(path);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() {
        RestartProtocol.end(thread);
        try {
            // The file may be that of the process that took over.
            if (key != null && Files.exists(path) && key.equals(key(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            log.atDebug().addKeyValue("path", path).setCause(e).log("hot restart socket not removed");
        }
    }

    /** A process that replaces this one. Confined to the thread of hot restarts. */
    private final class Successor extends SimpleChannelInboundHandler<String> {

        private Map<String, List<FileDescriptor>> sockets = Map.of();
        private boolean hasAdmin;
        private boolean serves;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, String line) {
            String word = line.split(" ")[0];
            Channel channel = ctx.channel();
            switch (word) {
                case RestartProtocol.TAKE ->
                    take(channel, line.substring(word.length()).trim());
                case RestartProtocol.SEND -> sockets.values().forEach(each -> each.forEach(channel::write));
                case RestartProtocol.ADMIN -> {
                    hasAdmin = true;
                    source.freeAdmin();
                    channel.write(RestartProtocol.FREE + "\n");
                }
                case RestartProtocol.SERVING -> {
                    serves = true;
                    source.leave();
                    channel.write(RestartProtocol.LEAVING + "\n");
                }
                default -> channel.close();
            }
            ctx.flush();
        }

        private void take(Channel channel, String transport) {
            if (current != null) {
                channel.close();
                return;
            }
            current = this;
            log.atInfo().log("another process is about to take over");
            sockets = source.sockets(transport);
            StringJoiner reply = new StringJoiner(" ", RestartProtocol.SOCKETS + " ", "\n");
            sockets.forEach((listener, each) -> reply.add(listener + "=" + each.size()));
            channel.write(reply.toString());
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // this very connection
        public void channelInactive(ChannelHandlerContext ctx) {
            if (current != this) {
                return;
            }
            current = null;
            if (!serves) {
                log.atWarn().log("the process that was to take over went away, this one continues");
                if (hasAdmin) {
                    source.reclaimAdmin();
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            log.atWarn().setCause(cause).log("hot restart failed");
            var unused = ctx.close();
        }
    }
}
