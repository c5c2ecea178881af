package io.laneway.gateway.traffic.link;

/** What one event loop has of one listener's links. Confined to that loop, but for what says otherwise. */
public final class LoopLinks {

    private final ListenerLinks listener;
    private final LinkCounts counts;

    /** With counts of its own. Any thread. */
    public LoopLinks(ListenerLinks listener) {
        this.listener = listener;
        this.counts = listener.newCounts();
    }

    ListenerLinks listener() {
        return listener;
    }

    /** Counts what became of a link. */
    void count(LinkOutcome outcome) {
        counts.of(outcome).increment();
    }
}
