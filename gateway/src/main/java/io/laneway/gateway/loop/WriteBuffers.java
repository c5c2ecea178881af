package io.laneway.gateway.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A few direct buffers of one event loop in which small writes are gathered, each used again as soon as its bytes have
 * left: two for each request would else come from the allocator and go back there. They are freed with the loop.
 * Confined to its event loop.
 */
public final class WriteBuffers {

    /** Bytes in each. */
    public static final int CAPACITY = 2048;

    private static final int COUNT = 64;

    private final ByteBuf[] buffers = new ByteBuf[COUNT];
    private int last;

    WriteBuffers() {
        ByteBuffer memory = ByteBuffer.allocateDirect(COUNT * CAPACITY);
        for (int i = 0; i < COUNT; i++) {
            buffers[i] = Unpooled.wrappedBuffer(memory.slice(i * CAPACITY, CAPACITY));
        }
    }

    /** An empty buffer, to be released as any other; null if the next ones are still on their way out. */
    public @Nullable ByteBuf take() {
        // The one taken last is still in the processor's cache.
        if (inUse(last)) {
            last = (last + 1) % COUNT;
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
