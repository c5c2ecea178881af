package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.tls.IoErrors;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.eventloop.HeldBytes;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Splicing;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel under a connection: whether it is read, what was read too early, its deadline, and the ways to end it.
 * Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
final class ConnectionChannel extends TimerEntry {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionChannel.class);
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_LINGER = TimeUnit.SECONDS.toNanos(30);

    private final Loop loop;
    private final Channel channel;
    private final ConnectionOutput output;
    private final long patience;
    private final Runnable onExpiry;
    private final HeldBytes held = new HeldBytes();
    private boolean paused;
    private boolean lingering;
    private long lingeringSince;
    private long waiting;
    private long waitingSince;

    /** @param patience how long a peer may take nothing of what was written */
    ConnectionChannel(Loop loop, Channel channel, ConnectionOutput output, long patience, Runnable onExpiry) {
        this.patience = patience;
        this.loop = loop;
        this.channel = channel;
        this.output = output;
        this.onExpiry = onExpiry;
    }

    /** Lets another handler have the channel: it holds nothing of it any more. */
    void leave() {
        output.flush();
        free();
    }

    /** It has brought so many bytes, and more that do not have to be read may come. */
    void brought(int bytes, Bypass bypass) {
        Splicing.consider(bytes, loop, channel, bypass);
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Stops or starts to read, as far as nothing else keeps it from being read. */
    void pause(boolean pause) {
        if (paused != pause) {
            paused = pause;
            applyReading();
        }
    }

    private void applyReading() {
        HalfClose.read(channel, !paused && held.isEmpty());
    }

    boolean holds() {
        return !held.isEmpty();
    }

    /** Keeps bytes that came too early, and stops to read; takes ownership. */
    void hold(ByteBuf in) {
        boolean first = held.isEmpty();
        held.hold(in, channel.alloc());
        if (first) {
            applyReading();
        }
    }

    /** Gives out what is held and reads again; null if nothing is. */
    @Nullable
    ByteBuf unhold() {
        ByteBuf in = held.take();
        if (in != null) {
            applyReading();
        }
        return in;
    }

    /** Has what is held read in a turn of its own. */
    void readHeldLater(Consumer<ByteBuf> reader) {
        if (held.isEmpty()) {
            return;
        }
        loop.eventLoop().execute(() -> {
            ByteBuf in = unhold();
            if (in != null) {
                reader.accept(in);
                loop.flushes().flush();
            }
        });
    }

    /** Sets the deadline so many nanoseconds from now; 0 clears it. */
    void deadline(long nanos) {
        loop.deadline(this, nanos);
    }

    @Override
    protected void expired() {
        if (!lingering) {
            onExpiry.run();
        } else if (!waitsForPeer()) {
            channel.close();
        }
    }

    /** Whether the peer takes what was written slowly: as long as it takes some of it, it may; looks again later then. */
    boolean waitsForPeer() {
        long left = output.waiting();
        long now = loop.now();
        if (left != waiting) {
            waiting = left;
            waitingSince = now;
        } else if (left == 0 || now - waitingSince >= patience) {
            return false;
        }
        deadline(LINGER);
        return true;
    }

    /** Bytes come that are not read: the peer has not seen yet that its request is over. Stops reading them. */
    boolean ignores() {
        if (lingering && loop.now() - lingeringSince < LONGEST_LINGER) {
            deadline(LINGER);
        }
        return false;
    }

    /**
     * Closes when all is written. If the peer may still be sending, our direction is closed first and its bytes are
     * dropped for a while, so that its kernel does not throw the response away on our reset (RFC 9112 section 9.6).
     */
    void close(boolean mayReceive) {
        if (!channel.isActive() || lingering) {
            return;
        }
        lingering = true;
        lingeringSince = loop.now();
        paused = false;
        held.free();
        applyReading();
        output.flush();
        deadline(LINGER);
        if (mayReceive && channel instanceof DuplexChannel duplex) {
            HalfClose.endOutputForGood(duplex);
        } else {
            HalfClose.endBoth(channel);
        }
    }

    /** Stays open when the peer has sent its last byte, if that can be. */
    void allowHalfClose() {
        HalfClose.allow(channel);
    }

    /** Ends our direction when all is written; false if it cannot end alone. */
    boolean endOutput() {
        output.flush();
        return HalfClose.endOutput(channel);
    }

    /** Closes at once. */
    void closeNow() {
        channel.close();
    }

    /**
     * Closes with a reset, after what was written so far, and without close_notify of TLS, which would say that the
     * data is complete.
     */
    void reset() {
        output.flush();
        HalfClose.reset(channel);
    }

    /** The channel is closed: gives everything back. */
    void free() {
        loop.wheel().forget(this);
        held.free();
        output.discard();
    }

    /** The channel threw. */
    void broken(Throwable cause) {
        log(cause);
        channel.close();
    }

    /** I/O errors are expected; anything else is a bug. */
    static void log(Throwable cause) {
        if (IoErrors.is(cause)) {
            LOG.atDebug().setCause(cause).log("connection broke");
        } else {
            LOG.atError().setCause(cause).log("connection closed after an unexpected error");
        }
    }
}
