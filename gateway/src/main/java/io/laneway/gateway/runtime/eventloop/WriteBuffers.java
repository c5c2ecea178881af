package io.laneway.gateway.runtime.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A few direct buffers of one event loop in which small writes are gathered, each used again as soon as its bytes have
 * left: two for each request would else come from the allocator and go back there. Most are small, for heads and what
 * is little; a few take a head and a body of some kilobytes. They are freed with the loop. Confined to its event loop.
 */
public final class WriteBuffers {

    /** Bytes in a small one. */
    public static final int SMALL = 2048;

    /** Bytes in a large one. */
    public static final int LARGE = 16 * 1024;

    private static final int SMALL_COUNT = 64;
    private static final int LARGE_COUNT = 16;

    private final Kind small = new Kind(SMALL, SMALL_COUNT);
    private final Kind large = new Kind(LARGE, LARGE_COUNT);

    WriteBuffers() {}

    /**
     * An empty buffer, to be released as any other; null if the next ones are still on their way out.
     *
     * @param n bytes that it must have room for; null is the response to more than {@link #LARGE}
     */
    public @Nullable ByteBuf take(int n) {
        if (n <= SMALL) {
            return small.take();
        }
        return n <= LARGE ? large.take() : null;
    }

    /** Buffers of one size. */
    private static final class Kind {

        private final ByteBuf[] buffers;
        private int last;

        Kind(int bytes, int count) {
            ByteBuffer memory = ByteBuffer.allocateDirect(count * bytes);
            buffers = new ByteBuf[count];
            for (int i = 0; i < count; i++) {
                buffers[i] = Unpooled.wrappedBuffer(memory.slice(i * bytes, bytes));
            }
        }

        @Nullable
        ByteBuf take() {
            // The one taken last is still in the processor's cache.
            if (inUse(last)) {
                last = (last + 1) % buffers.length;
                if (inUse(last)) {
                    return null;
                }
            }
            return buffers[last].clear().retain();
        }

        /** We hold one reference ourselves. */
        private boolean inUse(int place) {
            return buffers[place].refCnt() > 1;
        }
    }
}
