package io.laneway.gateway.traffic.token;

/** What one event loop has of one listener's tokens. Confined to that loop, but for what says otherwise. */
public final class LoopTokens {

    private final ListenerTokens listener;
    private final TokenCounts counts;

    /** With counts of its own. Any thread. */
    public LoopTokens(ListenerTokens listener) {
        this.listener = listener;
        this.counts = listener.newCounts();
    }

    /** Those of all loops. */
    ListenerTokens listener() {
        return listener;
    }

    TokenCounts counts() {
        return counts;
    }
}
