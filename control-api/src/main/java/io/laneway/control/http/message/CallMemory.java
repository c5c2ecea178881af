package io.laneway.control.http.message;

/** What calls may take of the heap, and what they have taken: one for all event loops. Safe for many threads. */
public final class CallMemory {

    private final MemoryBounds bounds;
    private final MemoryShare bodies;
    private final MemoryShare replies;

    public CallMemory(MemoryBounds bounds) {
        this.bounds = bounds;
        this.bodies = new MemoryShare(bounds.bodies());
        this.replies = new MemoryShare(bounds.replies());
    }

    public MemoryBounds bounds() {
        return bounds;
    }

    MemoryShare bodies() {
        return bodies;
    }

    MemoryShare replies() {
        return replies;
    }
}
