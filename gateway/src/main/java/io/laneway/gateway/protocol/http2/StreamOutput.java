package io.laneway.gateway.protocol.http2;

import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.StreamByteDistributor.StreamState;
import org.jspecify.annotations.Nullable;

/**
 * Where one stream's bytes go out: whether it takes more depends on what waits here, not on other streams. It takes what its
 * peer's window has room for, {@value #HIGH} bytes at most. Confined to one event loop.
 */
final class StreamOutput {

    /** As much as may wait on a channel of HTTP/1.1. */
    static final int HIGH = 64 * 1024;

    private static final int LOW = HIGH / 2;

    /** What all streams of a connection share on their way out. */
    interface Gate {

        /** Whether the connection takes bytes; one that is refused is woken when it does. */
        boolean isOpen();

        /** The bytes that a stream's peer has room for. */
        int window(Http2Stream stream);

        /** An output that was refused may have room: it is to be woken when what is in progress is done. */
        void ready(StreamOutput output);
    }

    private final Gate gate;
    private final Http2Stream stream;
    private final StreamEnd end;
    private @Nullable StreamState state;
    private boolean refused;
    private boolean queued;

    StreamOutput(Gate gate, Http2Stream stream, StreamEnd end) {
        this.gate = gate;
        this.stream = stream;
        this.end = end;
    }

    StreamEnd end() {
        return end;
    }

    /** Whether it takes more without piling it up; if not, {@link StreamEnd#writable} is called when it does. */
    boolean isWritable() {
        boolean writable = gate.isOpen() && hasRoom(HIGH);
        refused |= !writable;
        return writable;
    }

    private boolean hasRoom(int most) {
        StreamState now = state;
        if (now == null) {
            return gate.window(stream) > 0;
        }
        long waiting = now.pendingBytes();
        return waiting < most && waiting < now.windowSize();
    }

    /** What waits, or the window, changed. */
    void changed(StreamState now) {
        state = now;
        changed();
    }

    /** It may have room. */
    void changed() {
        if (refused && !queued && hasRoom(LOW)) {
            queued = true;
            gate.ready(this);
        }
    }

    void wake() {
        queued = false;
        if (refused && isWritable()) {
            refused = false;
            end.writable();
        }
    }
}
