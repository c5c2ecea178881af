package io.laneway.gateway.runtime.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Bytes that cannot be read yet, kept until more of them come. Confined to one event loop. */
public final class HeldBytes {

    private @Nullable ByteBuf bytes;

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return bytes == null;
    }

    /** What was kept and then these, in one buffer; nothing is kept any more. Takes ownership, and hands it over. */
    public ByteBuf joined(ByteBuf in, ByteBufAllocator alloc) {
        ByteBuf before = bytes;
        if (before == null) {
            return in;
        }
        bytes = null;
        ByteBuf both = alloc.buffer(before.readableBytes() + in.readableBytes());
        both.writeBytes(before).writeBytes(in);
        before.release();
        in.release();
        return both;
    }

    /** Keeps these behind what is kept; takes ownership. */
    public void hold(ByteBuf in, ByteBufAllocator alloc) {
        bytes = joined(in, alloc);
    }

    /** Hands out what was kept; null if nothing was. */
    public @Nullable ByteBuf take() {
        ByteBuf taken = bytes;
        bytes = null;
        return taken;
    }

    /** Releases what was kept. */
    public void free() {
        ByteBuf unread = take();
        if (unread != null) {
            unread.release();
        }
    }
}
