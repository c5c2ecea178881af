package io.laneway.gateway.runtime.eventloop;

import org.jspecify.annotations.Nullable;

/**
 * Something that has a deadline on a {@link TimerWheel}. Confined to the wheel's event loop. Setting a later deadline is one
 * store, so that it may be done for every request and every read.
 */
public abstract class TimerEntry {

    static final long NEVER = Long.MAX_VALUE;

    /** Nanoseconds of the loop's clock since the wheel began; {@link #NEVER} while no deadline is set. */
    long deadline = NEVER;

    int slot = -1;

    @Nullable
    TimerEntry next;

    @Nullable
    TimerEntry previous;

    /** The deadline has passed; none is set now. */
    protected abstract void expired();
}
