package io.laneway.gateway.traffic.compress;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response while it is compressed. What an endpoint sends is held back until the loop has handled all that
 * it read together, and then sent: so a stream that pauses is read as far as it has come, and one that does not loses
 * little. That takes a turn of its own: writing what is held back from amidst a write, which may set off a flush, would put
 * one chunk into another. Confined to one event loop.
 */
public final class CompressedBody implements Runnable {

    private final GzipEncoders encoders;
    private final Loop loop;
    private final @Nullable DeploymentStats stats;
    private final Consumer<ByteBuf> client;
    private @Nullable GzipEncoder encoder;
    private boolean due;

    CompressedBody(
            GzipEncoders encoders,
            GzipEncoder encoder,
            Loop loop,
            @Nullable DeploymentStats stats,
            Consumer<ByteBuf> client) {
        this.stats = stats;
        this.encoders = encoders;
        this.encoder = encoder;
        this.loop = loop;
        this.client = client;
    }

    /** Takes bytes and returns what is to be sent now, maybe nothing; takes and gives ownership. */
    public ByteBuf data(ByteBuf data, boolean end) {
        GzipEncoder to = encoder;
        if (to == null) {
            data.release();
            return Unpooled.EMPTY_BUFFER;
        }
        int taken = data.readableBytes();
        ByteBuf out = to.encode(data);
        if (end) {
            to.finish(out);
            end();
        } else {
            flushSoon();
        }
        count(taken, out.readableBytes());
        return out;
    }

    private void flushSoon() {
        if (!due) {
            due = true;
            loop.eventLoop().execute(this);
        }
    }

    @Override
    public void run() {
        due = false;
        GzipEncoder from = encoder;
        if (from != null && from.holdsBack()) {
            ByteBuf out = from.flush();
            count(0, out.readableBytes());
            client.accept(out);
            loop.flushes().flush();
        }
    }

    private void count(int from, int to) {
        if (stats != null) {
            stats.compressedFrom.add(from);
            stats.compressedTo.add(to);
        }
    }

    /** Nothing more is sent; its encoder is free. */
    public void end() {
        GzipEncoder used = encoder;
        encoder = null;
        if (used != null) {
            encoders.giveBack(used);
        }
    }
}
