package io.laneway.replay.socket;

import io.laneway.replay.form.RecordedFrame;
import java.util.function.Consumer;

/** Makes messages of the frames of one WebSocket, unmasked, put together and decompressed. Confined to one thread. */
public final class SocketMessages {

    private final Direction client;
    private final Direction server;

    /**
     * For one WebSocket.
     *
     * @param extensions that the server chose, as its response says; empty for none
     * @param most bytes that are kept of a message
     */
    public SocketMessages(String extensions, int most, SocketRoom room) {
        Extensions chosen = Extensions.parse(extensions);
        this.client = new Direction(chosen, chosen.clientKeeps(), most, room);
        this.server = new Direction(chosen, chosen.serverKeeps(), most, room);
    }

    /** Takes the next frame; what has ended with it goes to {@code out}. */
    public void add(RawFrame frame, Consumer<RecordedFrame> out) {
        (frame.client() ? client : server).add(frame, out);
    }

    /** The WebSocket has ended: what has not ended before goes to {@code out}, marked as cut. */
    public void end(Consumer<RecordedFrame> out) {
        client.end(true, out);
        server.end(false, out);
        client.close();
        server.close();
    }
}
