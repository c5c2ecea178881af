package io.laneway.replay.result;

import java.io.IOException;

/** Takes what a replay got. Confined to one thread. */
public interface ResultSink {

    /** Adds a request with its responses. */
    void write(ReplayedRequest request) throws IOException;

    /** What was written is kept from now on, whatever becomes of the process. */
    void flush() throws IOException;
}
