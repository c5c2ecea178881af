package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.record.LoopCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What one event loop counts of one listener's tokens. The loop changes it, any thread may read it. */
final class TokenCounts {

    final LoopCounter found = new LoopCounter();
    final LoopCounter verified = new LoopCounter();
    private final Map<TokenRefusal, LoopCounter> refused = new EnumMap<>(TokenRefusal.class);

    TokenCounts() {
        for (TokenRefusal refusal : TokenRefusal.values()) {
            refused.put(refusal, new LoopCounter());
        }
    }

    LoopCounter refused(TokenRefusal refusal) {
        return Objects.requireNonNull(refused.get(refusal));
    }
}
