package io.laneway.gateway.runtime.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that sends some bytes and resets while the event loop is busy, so that it learns of both at once: it must hear of both. */
class ResetIT {

    private static final int BYTES = 5;

    /** Counts what it reads. */
    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final AtomicInteger read = new AtomicInteger();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            read.addAndGet(bytes.readableBytes());
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // the reset itself, which closes the channel
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"IO_URING", "EPOLL", "NIO"})
    void aResetRightBehindBytesIsHeard(Transport transport) throws Exception {
        assumeTrue(Sockets.canDo(transport));
        Sockets sockets = Sockets.of(transport);
        resetWhileBusy(sockets, sockets.options());
    }

    @Test
    void aResetRightBehindBytesIsHeardWithoutARingOfBuffers() throws Exception {
        assumeTrue(Sockets.canDo(Transport.IO_URING));
        resetWhileBusy(Sockets.of(Transport.IO_URING), Map.of());
    }

    private static void resetWhileBusy(Sockets sockets, Map<ChannelOption<?>, Object> options) throws Exception {
        Reader reader = new Reader();
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, sockets.handlers());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = connect(loop, sockets, options, reader, server);
            CountDownLatch free = new CountDownLatch(1);
            try (Socket peer = server.accept()) {
                peer.setTcpNoDelay(true);
                peer.getOutputStream().write(new byte[BYTES]);
                while (reader.read.get() < BYTES) {
                    Thread.onSpinWait();
                }
                channel.eventLoop().submit(() -> {}).sync();
                busyUntil(channel, free);
                peer.getOutputStream().write(new byte[BYTES]);
                peer.setSoLinger(true, 0);
            } finally {
                free.countDown();
            }
            assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS))
                    .as("the reset is heard")
                    .isTrue();
            assertThat(reader.read.get()).isEqualTo(2 * BYTES);
        } finally {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    private static Channel connect(
            MultiThreadIoEventLoopGroup loop,
            Sockets sockets,
            Map<ChannelOption<?>, Object> options,
            Reader reader,
            ServerSocket server)
            throws InterruptedException {
        Bootstrap bootstrap =
                new Bootstrap().group(loop).channel(sockets.client()).handler(reader);
        options.forEach((option, value) -> set(bootstrap, option, value));
        return bootstrap.connect(server.getLocalSocketAddress()).sync().channel();
    }

    @SuppressWarnings("unchecked") // the map pairs options with values of their types
    private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    private static void busyUntil(Channel channel, CountDownLatch free) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        channel.eventLoop().execute(() -> {
            begun.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
    }
}
