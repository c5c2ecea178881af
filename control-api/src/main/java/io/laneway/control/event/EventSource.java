package io.laneway.control.event;

/** Compares what is now with what it said last, and says what changed. Confined to the hub's thread; may block. */
interface EventSource {

    /** Takes what is now as known, since the first reader comes. */
    void begin();

    /** Says what changed since it was called last. */
    void look(Emitter out);
}
