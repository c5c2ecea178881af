package io.laneway.gateway.runtime.eventloop;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** A bypass in front of another, which has the target; it may add a bound and a count of its own. Confined to one event loop. */
public interface LinkedBypass extends Bypass {

    /** The one behind it; null if the next bytes are to be read. */
    @Nullable
    Bypass next();

    /** How many of the next bytes do not have to be read for its own part. */
    default long bound() {
        return Long.MAX_VALUE;
    }

    @Override
    default @Nullable Channel target() {
        Bypass next = next();
        return next == null ? null : next.target();
    }

    @Override
    default long most() {
        Bypass next = next();
        return next == null ? 0 : Math.min(bound(), next.most());
    }

    @Override
    default void passed(int bytes) {
        Bypass next = next();
        if (next != null) {
            next.passed(bytes);
        }
    }
}
