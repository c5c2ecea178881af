package io.laneway.replay.value;

import org.jspecify.annotations.Nullable;

/** Says what is put where a recorded value is. */
@FunctionalInterface
interface Swap {

    /** The new value; null to keep the recorded one. */
    @Nullable
    String of(String recorded);
}
