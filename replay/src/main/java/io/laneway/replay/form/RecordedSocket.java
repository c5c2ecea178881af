package io.laneway.replay.form;

import java.util.List;

/**
 * What passed over a WebSocket, or a part of it: one that lasts is written in parts, each of which has the request and
 * the response that opened it. Immutable.
 *
 * @param part its number, from 1
 * @param last whether the WebSocket ended with it
 * @param missed frames that passed since the part before and are not there, for want of room
 * @param frames in the order in which they ended
 */
public record RecordedSocket(int part, boolean last, long missed, List<RecordedFrame> frames) {

    public RecordedSocket {
        frames = List.copyOf(frames);
    }

    /** The same with other frames. */
    public RecordedSocket with(List<RecordedFrame> others) {
        return new RecordedSocket(part, last, missed, others);
    }
}
