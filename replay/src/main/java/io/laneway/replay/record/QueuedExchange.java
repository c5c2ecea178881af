package io.laneway.replay.record;

/** A request that waits for the recorder's thread, and where its bytes were taken. Immutable. */
record QueuedExchange(HeldBytes own, HeldBytes all, PendingExchange exchange) {

    /** It is not kept; counted only. */
    void drop(RecordingCounts counts, DropReason reason) {
        counts.drop(reason, exchange.requests());
        counts.dropFrames(exchange.frames());
    }

    void release() {
        // before it is released: it may not know its bytes afterwards
        long bytes = exchange.bytes();
        try {
            exchange.release();
        } finally {
            own.giveQueued(bytes);
            all.giveQueued(bytes);
        }
    }
}
