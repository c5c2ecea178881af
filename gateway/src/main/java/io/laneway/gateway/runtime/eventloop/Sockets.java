package io.laneway.gateway.runtime.eventloop;

import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.config.Transport;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One way to drive sockets: the classes and options that go with it. Immutable.
 *
 * @param name        for logs and {@code /server_info}
 * @param handlers    makes the I/O side of event loops
 * @param server      the class of listening channels
 * @param client      the class of channels to endpoints
 * @param options     options for every connection
 * @param sharedPorts whether several loops may listen on one address, each for itself ({@code SO_REUSEPORT})
 */
public record Sockets(
        String name,
        IoHandlerFactory handlers,
        Class<? extends ServerChannel> server,
        Class<? extends SocketChannel> client,
        Map<ChannelOption<?>, Object> options,
        boolean sharedPorts) {

    /** Option by which a listening socket shares its port; understood by transports with {@link #sharedPorts}. */
    public static final ChannelOption<Boolean> SHARE_PORT = UnixChannelOption.SO_REUSEPORT;

    private static final int RING_BYTES = 2 * 1024 * 1024;
    private static final int LARGE_BUFFER = 64 * 1024;
    private static final int SMALL_BUFFER = 4 * 1024;
    private static final short GROUP = 1;

    static {
        TransportProperties.settle();
    }

    public Sockets {
        options = Map.copyOf(options);
    }

    /** Whether the kernel moves connections that wait at a socket being closed to another one on its address. */
    private static final Path MIGRATES = Path.of("/proc/sys/net/ipv4/tcp_migrate_req");

    /**
     * What the configuration asks for, where a hot restart must not lose connections that wait to be accepted:
     * epoll can take them as they are; for io_uring, which cannot, the kernel has to move the waiting.
     *
     * @throws IllegalStateException if this machine cannot do it
     */
    public static Sockets inheritable(Transport transport) {
        if (transport == Transport.AUTO && Epoll.isAvailable()) {
            return epoll();
        }
        Sockets sockets = of(transport);
        if (sockets.adopts() || (sockets.sharedPorts() && kernelMigrates())) {
            return sockets;
        }
        throw new StartFailure(
                "drain.handover: not with transport " + sockets.name()
                        + " here (expected: epoll, or io_uring and net.ipv4.tcp_migrate_req=1)",
                null);
    }

    private static boolean kernelMigrates() {
        try {
            return Files.readString(MIGRATES).trim().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether listening sockets of another process can be taken over as they are. */
    public boolean adopts() {
        return server == EpollServerSocketChannel.class;
    }

    /** The channel of a listening socket of another process; to be asked only if {@link #adopts}. */
    public ServerChannel adopted(FileDescriptor socket) {
        return new EpollServerSocketChannel(socket.intValue());
    }

    /** Whether this machine can do it. To be asked rather than Netty, which reads its properties when it is asked. */
    public static boolean canDo(Transport transport) {
        return switch (transport) {
            case IO_URING -> IoUring.isAvailable();
            case EPOLL -> Epoll.isAvailable();
            case NIO, AUTO -> true;
        };
    }

    /**
     * What the configuration asks for.
     *
     * @throws IllegalStateException if this machine cannot do it
     */
    public static Sockets of(Transport transport) {
        return switch (transport) {
            case IO_URING -> ioUring();
            case EPOLL -> epoll();
            case NIO -> nio();
            case AUTO -> available();
        };
    }

    /** Not io_uring where resets may go unheard, since other code in this process made Netty read its properties earlier. */
    private static Sockets available() {
        if (IoUring.isAvailable() && (usesRing() || !IoUring.isPollAddMultishotEnabled())) {
            return ioUring();
        }
        return Epoll.isAvailable() ? epoll() : nio();
    }

    private static boolean usesRing() {
        return IoUring.isRegisterBufferRingSupported() && !IoUring.isRecvMultishotEnabled();
    }

    private static Sockets ioUring() {
        if (!IoUring.isAvailable()) {
            throw new StartFailure(
                    "transport: io_uring is not available here (expected: epoll, nio or auto)",
                    IoUring.unavailabilityCause());
        }
        boolean ring = usesRing();
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (ring) {
            config.setBufferRingConfig(buffers());
        }
        Map<ChannelOption<?>, Object> options =
                ring ? Map.of(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP) : Map.of();
        return new Sockets(
                "io_uring",
                IoUringIoHandler.newFactory(config),
                IoUringServerSocketChannel.class,
                IoUringSocketChannel.class,
                options,
                true);
    }

    /**
     * Large buffers where the kernel fills each bit by bit (Linux 6.12): small reads waste nothing then, and large ones come
     * in few pieces. Elsewhere a read takes a whole buffer, however little it brings.
     */
    private static IoUringBufferRingConfig buffers() {
        int bytes = IoUring.isRegisterBufferRingIncSupported() ? LARGE_BUFFER : SMALL_BUFFER;
        int count = RING_BYTES / bytes;
        return IoUringBufferRingConfig.builder()
                .bufferGroupId(GROUP)
                .bufferRingSize((short) count)
                .batchSize(count / 2)
                // Each read is a slice of one of them: of a pooled buffer it is an object that is used again.
                .allocator(new IoUringFixedBufferRingAllocator(PooledByteBufAllocator.DEFAULT, bytes))
                .build();
    }

    private static Sockets epoll() {
        if (!Epoll.isAvailable()) {
            throw new StartFailure(
                    "transport: epoll is not available here (expected: nio or auto)", Epoll.unavailabilityCause());
        }
        return new Sockets(
                "epoll",
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                Map.of(ChannelOption.RECVBUF_ALLOCATOR, SocketReads.ALLOCATOR),
                true);
    }

    private static Sockets nio() {
        return new Sockets(
                "nio",
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                Map.of(),
                false);
    }
}
