package io.laneway.control.http;

/** What calls may take of the heap, and what they have taken: one for all event loops. Safe for many threads. */
public final class Memory {

    private final MemoryBounds bounds;
    private final Share bodies;
    private final Share replies;

    public Memory(MemoryBounds bounds) {
        this.bounds = bounds;
        this.bodies = new Share(bounds.bodies());
        this.replies = new Share(bounds.replies());
    }

    MemoryBounds bounds() {
        return bounds;
    }

    Share bodies() {
        return bodies;
    }

    Share replies() {
        return replies;
    }
}
