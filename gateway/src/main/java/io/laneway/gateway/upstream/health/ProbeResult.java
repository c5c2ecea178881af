package io.laneway.gateway.upstream.health;

import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to one question, told once; then its connection is closed. Confined to the watch's thread. */
final class ProbeResult {

    private @Nullable Consumer<Boolean> told;
    private @Nullable Channel channel;

    ProbeResult(Consumer<Boolean> told) {
        this.told = told;
    }

    void on(Channel channel) {
        this.channel = channel;
    }

    boolean isTold() {
        return told == null;
    }

    void is(boolean well) {
        Consumer<Boolean> to = told;
        told = null;
        if (channel != null) {
            var unused = channel.close();
        }
        if (to != null) {
            to.accept(well);
        }
    }
}
