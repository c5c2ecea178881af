package io.laneway.replay.file;

import io.laneway.replay.form.RecordedExchange;
import java.io.IOException;

/** Requests that gateways recorded somewhere. */
@FunctionalInterface
public interface RecordedSource {

    /** Gives them all. Blocks. */
    void read(Taker taker) throws IOException;

    /** Takes a request. */
    @FunctionalInterface
    interface Taker {

        /** Takes the next one. */
        void take(RecordedExchange exchange) throws IOException;
    }
}
