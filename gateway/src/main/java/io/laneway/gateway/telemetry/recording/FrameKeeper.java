package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.websocket.FrameHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes the frames of a WebSocket as they pass. Confined to one event loop. */
interface FrameKeeper {

    /**
     * What is retained of the frame whose head has passed; null if there is no room for it.
     *
     * @param missedBefore frames of this direction before it that are not there
     */
    @Nullable
    HeldFrame begin(boolean fromClient, FrameHead head, long missedBefore);

    /** A piece of its payload; ownership stays with the exchange. */
    void keep(HeldFrame frame, ByteBuf piece);

    /** It has ended, whole or with the WebSocket. */
    void end(HeldFrame frame);
}
