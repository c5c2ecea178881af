package io.laneway.gateway.runtime.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One move from a socket to another: what the kernel refuses, what does not fit, and what fails. */
class SplicePipeIT {

    private static final int PERMISSION = -1;
    private static final int INVALID = -22;
    private static final byte[] SENT = "from one to the other".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final AtomicBoolean works = new AtomicBoolean(true);
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger handed = new AtomicInteger();
    private MultiThreadIoEventLoopGroup loop;
    private ServerSocket server;
    private EpollSocketChannel from;
    private Socket fromPeer;
    private EpollSocketChannel to;
    private Socket toPeer;

    private final Bypass bypass = new Bypass() {
        @Override
        public Channel target() {
            return to;
        }

        @Override
        public long most() {
            return Long.MAX_VALUE;
        }

        @Override
        public void passed(int bytes) {
            passed.addAndGet(bytes);
        }
    };

    /** Counts what it is handed, and reads nothing else. */
    private final class Handed extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            handed.addAndGet(bytes.readableBytes());
            bytes.release();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        assumeTrue(Sockets.canDo(Transport.EPOLL), "epoll is not available here");
        Sockets sockets = Sockets.of(Transport.EPOLL);
        loop = new MultiThreadIoEventLoopGroup(1, sockets.handlers());
        server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        from = connected();
        fromPeer = server.accept();
        to = connected();
        toPeer = server.accept();
        fromPeer.getOutputStream().write(SENT);
    }

    private EpollSocketChannel connected() throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(io.netty.channel.ChannelOption.AUTO_READ, false)
                .handler(new Handed())
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
        return (EpollSocketChannel) channel;
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            fromPeer.close();
            toPeer.close();
            server.close();
            loop.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).sync();
        }
    }

    private static int splice(int source, int target, int n) throws IOException {
        return Native.splice(source, -1, target, -1, n);
    }

    private int move(SplicePipe.Call call) throws Exception {
        SplicePipe pipe = new SplicePipe(call, works);
        Callable<Integer> moving = () -> {
            int moved = 0;
            while (moved == 0 && works.get()) {
                moved = pipe.move(from, to, SplicePipe.PIECE, bypass);
            }
            pipe.close();
            return moved;
        };
        return from.eventLoop().submit(moving).get();
    }

    private boolean isFromSocket(int source) {
        return source == from.fd().intValue();
    }

    @Test
    void bytesPassWithoutBeingHandedOut() throws Exception {
        assertThat(move(SplicePipeIT::splice)).isEqualTo(SENT.length);
        assertThat(toPeer.getInputStream().readNBytes(SENT.length)).isEqualTo(SENT);
        assertThat(passed).hasValue(SENT.length);
        assertThat(handed).hasValue(0);
    }

    @Test
    void whereTheKernelRefusesNothingIsTakenAndItIsNotAskedAgain() throws Exception {
        for (int refusal : new int[] {PERMISSION, INVALID}) {
            works.set(true);
            assertThat(move((source, target, n) -> {
                        throw new NativeIoException("splice", refusal);
                    }))
                    .isZero();
            assertThat(works).isFalse();
        }
        assertThat(handed).hasValue(0);
        works.set(true);
        assertThat(move(SplicePipeIT::splice)).as("all is still there").isEqualTo(SENT.length);
    }

    @Test
    void whatTheOtherSocketRefusesIsHandedOut() throws Exception {
        int moved = move((source, target, n) -> {
            if (isFromSocket(source)) {
                return splice(source, target, n);
            }
            throw new NativeIoException("splice", INVALID);
        });
        assertThat(moved).isEqualTo(SENT.length);
        assertThat(works).isFalse();
        assertThat(passed).hasValue(0);
        assertThat(handed).hasValue(SENT.length);
    }

    @Test
    void whatTheOtherSocketHasNoRoomForIsHandedOut() throws Exception {
        int room = 5;
        AtomicInteger left = new AtomicInteger(room);
        assertThat(move((source, target, n) -> {
                    int most = isFromSocket(source) ? n : Math.min(n, left.getAndSet(0));
                    return most == 0 ? 0 : splice(source, target, most);
                }))
                .isEqualTo(SENT.length);
        assertThat(passed).hasValue(room);
        assertThat(handed).hasValue(SENT.length - room);
        assertThat(works).isTrue();
    }

    @Test
    void whatAFaultLeavesInThePipeReachesNoConnection() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        SplicePipe pipe = new SplicePipe(
                (source, target, n) -> {
                    if (!isFromSocket(source) && fails.getAndSet(false)) {
                        throw new IllegalStateException("a fault of ours");
                    }
                    return splice(source, target, n);
                },
                works);
        Callable<Integer> moving = () -> {
            int moved = 0;
            while (moved == 0) {
                moved = pipe.move(from, to, SplicePipe.PIECE, bypass);
            }
            return moved;
        };
        assertThatThrownBy(() -> from.eventLoop().submit(moving).get()).hasRootCauseMessage("a fault of ours");
        byte[] next = {7, 7, 7};
        fromPeer.getOutputStream().write(next);
        assertThat(from.eventLoop().submit(moving).get()).isEqualTo(next.length);
        assertThat(toPeer.getInputStream().readNBytes(next.length)).isEqualTo(next);
        from.eventLoop().submit(pipe::close).sync();
    }

    @Test
    void anErrorOfTheFirstSocketIsNotTakenForItsEnd() {
        assertThatThrownBy(() -> move((source, target, n) -> {
                    throw new NativeIoException("splice", io.netty.channel.unix.Errors.ERRNO_ECONNRESET_NEGATIVE);
                }))
                .hasCauseInstanceOf(NativeIoException.class);
        assertThat(works).isTrue();
    }
}
