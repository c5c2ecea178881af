package io.laneway.gateway.http1;

import io.laneway.gateway.loop.Flushes;
import io.laneway.gateway.loop.WriteBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What is written to one connection: heads, framing and small bodies are gathered in one buffer, large bodies follow as
 * the buffers they came in. Confined to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
final class Output extends Flushes.Mark {

    /** Bodies up to this are copied: cheaper than a buffer of their own in the writev. */
    private static final int COPY = 2048;

    private final Channel channel;
    private final Flushes flushes;
    private @Nullable ByteBuf gathered;

    Output(Channel channel, Flushes flushes) {
        this.channel = channel;
        this.flushes = flushes;
    }

    /** A buffer with room for {@code n} bytes, to be written with what is gathered. */
    ByteBuf room(int n) {
        flushes.mark(this);
        ByteBuf buffer = gathered;
        if (buffer != null && buffer.writableBytes() >= n) {
            return buffer;
        }
        writeGathered();
        buffer = n <= WriteBuffers.CAPACITY ? flushes.buffers().take() : null;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(WriteBuffers.CAPACITY, n));
        }
        gathered = buffer;
        return buffer;
    }

    /** Writes body bytes; takes ownership. */
    void data(ByteBuf data) {
        int n = data.readableBytes();
        ByteBuf buffer = gathered;
        if (n <= COPY && buffer != null && buffer.writableBytes() >= n) {
            buffer.writeBytes(data);
            data.release();
            return;
        }
        flushes.mark(this);
        writeGathered();
        channel.write(data, channel.voidPromise());
    }

    @Override
    protected void flush() {
        writeGathered();
        channel.flush();
    }

    /** Drops what is gathered and not written. */
    void discard() {
        ByteBuf buffer = gathered;
        if (buffer != null) {
            gathered = null;
            buffer.release();
        }
    }

    private void writeGathered() {
        ByteBuf buffer = gathered;
        if (buffer != null) {
            gathered = null;
            channel.write(buffer, channel.voidPromise());
        }
    }
}
