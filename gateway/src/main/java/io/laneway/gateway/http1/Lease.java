package io.laneway.gateway.http1;

import io.laneway.gateway.stream.UpstreamConnection;
import io.netty.buffer.ByteBuf;

/** What an endpoint's connection and its pool have settled: whether it may be used again. Confined to one event loop. */
final class Lease {

    private final UpstreamConnection.Owner owner;
    private final UpstreamConnection connection;
    private boolean used;
    private boolean retired;
    private boolean resting;
    private boolean gone;

    Lease(UpstreamConnection.Owner owner, UpstreamConnection connection) {
        this.owner = owner;
        this.connection = connection;
    }

    /** Whether it carried a request before. */
    boolean used() {
        return used;
    }

    /** A response is whole, and behind it came these bytes, if any. */
    void use(ByteBuf rest) {
        used = true;
        unasked(rest);
    }

    /** Bytes came that nobody asked for. */
    void unasked(ByteBuf in) {
        if (in.isReadable() && !StrayBytes.areGoodbye(in)) {
            owner.unasked();
        }
    }

    /** What it speaks is seen: HTTP/2 where HTTP/1.1 was asked for, or that. */
    void heard(boolean http2) {
        owner.heard(http2);
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
