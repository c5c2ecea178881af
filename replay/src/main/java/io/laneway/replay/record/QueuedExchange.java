package io.laneway.replay.record;

/** A request that waits for the recorder's thread, and where its bytes were taken. Immutable. */
record QueuedExchange(HeldBytes own, HeldBytes all, PendingExchange exchange) {

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
