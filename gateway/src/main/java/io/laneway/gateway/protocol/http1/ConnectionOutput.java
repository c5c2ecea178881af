package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.runtime.eventloop.Flushes;
import io.laneway.gateway.runtime.eventloop.WriteBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is written to one connection: heads, framing and small bodies are gathered in one buffer, large bodies follow as
 * the buffers they came in. Confined to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
final class ConnectionOutput extends Flushes.Mark {

    /** Bodies up to this are copied: cheaper than a buffer of their own in the writev. */
    private static final int COPY = 12 * 1024;

    private final Channel channel;
    private Flushes flushes;
    private @Nullable ByteBuf gathered;

    ConnectionOutput(Channel channel, Flushes flushes) {
        this.channel = channel;
        this.flushes = flushes;
    }

    /** The channel is another event loop's; nothing may be gathered. */
    void moveTo(Flushes now) {
        flushes = now;
    }

    /** A buffer with room for {@code n} bytes, to be written with what is gathered. */
    ByteBuf room(int n) {
        return room(n, 0);
    }

    /**
     * The same, if possible with room for the body that follows.
     *
     * @param body its bytes, negative if unknown
     */
    ByteBuf room(int n, long body) {
        flushes.mark(this);
        int wanted = body > 0 && body <= COPY ? n + (int) body : n;
        ByteBuf buffer = gathered;
        if (buffer != null && buffer.writableBytes() >= wanted) {
            return buffer;
        }
        writeGathered();
        buffer = flushes.buffers().take(wanted);
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(WriteBuffers.SMALL, n));
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

    /** The channel to which it is written. */
    Channel channel() {
        return channel;
    }

    /** Whether all that was to be written has left this process. */
    boolean isWritten() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return gathered == null && buffer != null && buffer.isEmpty();
    }

    /** Bytes that are written and have not left this process. */
    long waiting() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** The state of the channel, for people. */
    String state() {
        return (channel.isActive() ? "open" : "closed") + (channel.config().isAutoRead() ? ", read" : ", not read")
                + ", " + waiting() + " bytes to be sent" + (gathered == null ? "" : ", not flushed");
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
