package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.netty.buffer.ByteBuf;

/** What an endpoint's connection and its pool have settled: whether it may be used again. Confined to one event loop. */
final class PoolLease {

    private UpstreamConnection.Owner owner;
    private final UpstreamConnection connection;
    private boolean used;
    private boolean retired;
    private boolean resting;
    private boolean gone;
    private boolean heard;

    PoolLease(UpstreamConnection.Owner owner, UpstreamConnection connection) {
        this.owner = owner;
        this.connection = connection;
    }

    /** Another pool has the connection. */
    void pass(UpstreamConnection.Owner to) {
        owner = to;
    }

    /** Whether it carried a request before. */
    boolean used() {
        return used;
    }

    /** A response is whole, and behind it came these bytes, if any. */
    void use(ByteBuf rest) {
        used = true;
        unsolicited(rest);
    }

    /** Unsolicited bytes came. */
    void unsolicited(ByteBuf in) {
        if (in.isReadable() && !UnsolicitedBytes.areGoodbye(in)) {
            owner.unsolicited();
        }
    }

    /**
     * Whether the first bytes of a connection are frames of HTTP/2: settings or GOAWAY, which begin with a zero octet.
     */
    boolean isFrames(ByteBuf in) {
        if (heard) {
            return false;
        }
        heard = true;
        boolean frames = in.getByte(in.readerIndex()) == 0;
        owner.heard(frames);
        return frames;
    }

    void retire() {
        retired = true;
    }

    boolean retired() {
        return retired;
    }

    /** It is fit for use once all that was received is read. */
    void rest() {
        resting = true;
    }

    boolean isResting() {
        return resting;
    }

    /** All that was received is read; whether that was waited for. */
    boolean wake() {
        boolean was = resting;
        resting = false;
        return was;
    }

    /** Gives it back to its pool, which may use it at once. */
    void giveBack() {
        owner.available(connection);
    }

    /** It takes no more requests. */
    void end() {
        if (!gone) {
            gone = true;
            owner.gone(connection);
        }
    }
}
