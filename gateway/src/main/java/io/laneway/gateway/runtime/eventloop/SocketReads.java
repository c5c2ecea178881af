package io.laneway.gateway.runtime.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffers into which connections over epoll are read: those of Netty's default, unless the channel has been given one of
 * its own meanwhile, which is asked first. Netty keeps the handle of a channel for good but asks the channel's configuration in
 * each turn, so that this can change. Safe for many threads; a handle is confined to its channel's event loop.
 */
@SuppressWarnings("deprecation") // there is no other way to be asked before a read
class SocketReads extends AdaptiveRecvByteBufAllocator {

    /** Reads of a channel in one turn, as Netty has it for sockets. */
    private static final int READS = 16;

    /** For what is read behind what was moved. */
    private static final int REST = 2 * 1024;

    /** For all channels. */
    static final SocketReads ALLOCATOR = new SocketReads();

    SocketReads() {
        maxMessagesPerRead(READS);
    }

    /** Netty begins to read the socket. */
    void turn() {}

    /**
     * Takes what there is before a read.
     *
     * @return whether the read is to be a small one
     */
    boolean move() {
        return false;
    }

    /** Whether the turn is not over yet. */
    boolean mayReadOn() {
        return true;
    }

    @Override
    public Handle newHandle() {
        return new Reads((RecvByteBufAllocator.ExtendedHandle) super.newHandle());
    }

    /** The reads of one channel. */
    private static final class Reads extends DelegatingHandle implements RecvByteBufAllocator.ExtendedHandle {

        private final RecvByteBufAllocator.ExtendedHandle reads;
        private @Nullable ChannelConfig config;

        Reads(RecvByteBufAllocator.ExtendedHandle reads) {
            super(reads);
            this.reads = reads;
        }

        @Override
        public void reset(ChannelConfig of) {
            config = of;
            reads.reset(of);
            given().turn();
        }

        private SocketReads given() {
            ChannelConfig of = config;
            return of != null && of.getRecvByteBufAllocator() instanceof SocketReads own ? own : ALLOCATOR;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return given().move() ? alloc.ioBuffer(REST) : reads.allocate(alloc);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier more) {
            return given().mayReadOn() && reads.continueReading(more);
        }
    }
}
