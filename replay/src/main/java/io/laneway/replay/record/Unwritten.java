package io.laneway.replay.record;

import io.laneway.replay.form.RecordedExchange;

/** How many requests and frames a sink has taken and not written yet. Confined to one thread. */
public final class Unwritten {

    private int records;
    private int requests;
    private int frames;

    /** Nothing is taken yet. */
    public Unwritten() {}

    /** Another record is taken. */
    public void add(RecordedExchange exchange) {
        records++;
        requests += exchange.requests();
        frames += exchange.frames();
    }

    /** Records, which parts of WebSockets are as well. */
    public int records() {
        return records;
    }

    /** They are where they are to be. */
    public void keep(RecordingCounts counts) {
        counts.keep(requests);
        counts.keepFrames(frames);
        clear();
    }

    /** They are not, and will not be. */
    public void drop(RecordingCounts counts, DropReason reason) {
        counts.drop(reason, requests);
        counts.dropFrames(frames);
        clear();
    }

    private void clear() {
        records = 0;
        requests = 0;
        frames = 0;
    }
}
