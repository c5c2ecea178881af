package io.laneway.replay.send;

import java.util.function.Consumer;

/** Sends requests, without blocking. */
public interface Sender {

    /** Sends a request once; what came back is given once, by any thread. */
    void send(Outgoing request, Consumer<Reply> done);
}
