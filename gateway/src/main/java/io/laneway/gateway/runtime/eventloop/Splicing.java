package io.laneway.gateway.runtime.eventloop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * A connection over epoll whose bytes are moved on within the kernel, as long as they come in quantity. Before Netty reads the
 * socket, what it holds is moved to where it goes; what Netty reads behind that is little or nothing, the end, or an error, so
 * that all of these take the same way as without. Confined to one event loop.
 *
 * <p>Where the other socket takes no more, the rest of a piece is handed to the channel's handler as if it had been read.
 */
public final class Splicing extends SocketReads {

    /** A read of so many bytes begins it. */
    private static final int LARGE = 16 * 1024;

    /** Fewer bytes are copied as cheaply. */
    private static final int LEAST = 4 * 1024;

    /** So many turns that moved little end it. */
    private static final int WEAK = 4;

    /** Bytes that a connection may move in one turn of its loop. */
    private static final long TURN = 1024 * 1024;

    private final Loop loop;
    private final EpollSocketChannel source;
    private final SplicePipe pipe;
    private final Bypass bypass;
    private long left = TURN;
    private boolean fresh;
    private int weak;

    private Splicing(Loop loop, EpollSocketChannel source, SplicePipe pipe, Bypass bypass) {
        this.loop = loop;
        this.source = source;
        this.pipe = pipe;
        this.bypass = bypass;
    }

    /**
     * Begins with it if a connection has just brought many bytes, and can be spliced.
     *
     * @param read   how many bytes were read
     * @param source whose only handler has taken them
     */
    public static void consider(int read, Loop loop, Channel source, Bypass bypass) {
        if (read >= LARGE && source instanceof EpollSocketChannel socket && SplicePipe.works()) {
            begin(loop, socket, bypass);
        }
    }

    private static void begin(Loop loop, EpollSocketChannel source, Bypass bypass) {
        if (source.config().getRecvByteBufAllocator() instanceof Splicing || !isBare(source)) {
            return;
        }
        Channel target = bypass.target();
        if (target instanceof EpollSocketChannel && isBare(target) && bypass.most() >= LEAST) {
            SplicePipe pipe = loop.part(SplicePipe.class, () -> new SplicePipe(loop));
            source.config().setRecvByteBufAllocator(new Splicing(loop, source, pipe, bypass));
        }
    }

    /** Whether its one handler gets bytes as they are on the socket, so that there is no TLS between. */
    private static boolean isBare(Channel channel) {
        var only = channel.pipeline().firstContext();
        return only != null && only.equals(channel.pipeline().lastContext());
    }

    @Override
    void turn() {
        left = TURN;
        fresh = true;
    }

    /**
     * Moves what there is, before a read.
     *
     * @return whether the read is to be a small one: there is little or nothing left, or the connection is paused now
     */
    @Override
    boolean move() {
        long before = left;
        boolean all = false;
        try {
            all = moveAll();
            if (!source.isOpen()) {
                throw new ClosedChannelException();
            }
        } catch (IOException e) {
            PlatformDependent.throwException(e);
        }
        if (fresh && (before - left >= LEAST || !all)) {
            weak = 0;
        } else if (fresh && ++weak >= WEAK) {
            end();
        }
        fresh = false;
        return before > left && (all || !source.config().isAutoRead());
    }

    private boolean moveAll() throws IOException {
        if (!loop.eventLoop().equals(source.eventLoop()) || !SplicePipe.works()) {
            end();
            return false;
        }
        while (left > 0 && source.config().isAutoRead()) {
            Channel target = bypass.target();
            if (!(target instanceof EpollSocketChannel to) || !isBare(to) || bypass.most() < LEAST) {
                end();
                return false;
            }
            if (!takes(to)) {
                return false;
            }
            int wanted = (int) Math.min(SplicePipe.PIECE, bypass.most());
            int moved = pipe.move(source, to, wanted, bypass);
            left -= moved;
            if (moved < LEAST) {
                return true;
            }
        }
        return left <= 0;
    }

    @Override
    boolean mayReadOn() {
        return left > 0;
    }

    /** Whether all that was written to it before has left this process, and its loop is the same. */
    private boolean takes(EpollSocketChannel to) {
        if (!to.isActive() || !to.eventLoop().equals(source.eventLoop())) {
            return false;
        }
        loop.flushes().flush();
        to.flush();
        ChannelOutboundBuffer waiting = to.unsafe().outboundBuffer();
        return waiting != null && waiting.isEmpty() && !to.isOutputShutdown();
    }

    private void end() {
        source.config().setRecvByteBufAllocator(ALLOCATOR);
    }
}
