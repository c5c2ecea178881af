package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.websocket.FrameHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Divides what passes in one direction of a WebSocket into frames. Confined to one event loop. */
final class FrameReader {

    private final boolean client;
    private final FrameKeeper keeper;
    private final FrameHead head = new FrameHead();
    private @Nullable HeldFrame frame;
    private long missed;

    FrameReader(boolean client, FrameKeeper keeper) {
        this.client = client;
        this.keeper = keeper;
    }

    /** Reads all bytes; ownership stays with the exchange. */
    void read(ByteBuf data) {
        int end = data.writerIndex();
        int at = data.readerIndex();
        while (at < end) {
            if (head.inPayload()) {
                int count = head.pass(end - at);
                keep(data.slice(at, count));
                at += count;
                endIfWhole();
            } else if (head.add(data.getByte(at++))) {
                begin();
                endIfWhole();
            }
        }
    }

    private void begin() {
        frame = keeper.begin(client, head, missed);
        missed = frame == null ? missed + 1 : 0;
    }

    private void keep(ByteBuf piece) {
        if (frame != null) {
            keeper.keep(frame, piece);
        }
    }

    private void endIfWhole() {
        if (head.between()) {
            end();
        }
    }

    /** The frame ends, whole or with the WebSocket. */
    void end() {
        if (frame != null) {
            keeper.end(frame);
            frame = null;
        }
    }
}
