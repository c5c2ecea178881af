package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.record.LoopCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What one event loop counts of one listener's tokens. The loop changes it, any thread may read it. */
public final class LoopTokens {

    final LoopCounter found = new LoopCounter();
    final LoopCounter verified = new LoopCounter();
    private final ListenerTokens listener;
    private final Map<TokenRefusal, LoopCounter> refused = new EnumMap<>(TokenRefusal.class);

    LoopTokens(ListenerTokens listener) {
        this.listener = listener;
        for (TokenRefusal refusal : TokenRefusal.values()) {
            refused.put(refusal, new LoopCounter());
        }
    }

    /** Those of all loops. */
    ListenerTokens listener() {
        return listener;
    }

    LoopCounter refused(TokenRefusal refusal) {
        return Objects.requireNonNull(refused.get(refusal));
    }
}
