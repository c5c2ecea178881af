package io.laneway.gateway.upstream.health;

import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The outcome of one probe, passed on once; then its connection is closed. Confined to the health checker's thread. */
final class ProbeResult {

    private @Nullable Consumer<Boolean> outcome;
    private @Nullable Channel channel;

    ProbeResult(Consumer<Boolean> outcome) {
        this.outcome = outcome;
    }

    void on(Channel channel) {
        this.channel = channel;
    }

    boolean isDone() {
        return outcome == null;
    }

    void is(boolean well) {
        Consumer<Boolean> to = outcome;
        outcome = null;
        if (channel != null) {
            var unused = channel.close();
        }
        if (to != null) {
            to.accept(well);
        }
    }
}
