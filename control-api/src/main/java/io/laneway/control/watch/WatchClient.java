package io.laneway.control.watch;

import io.laneway.router.part.Interest;
import org.jspecify.annotations.Nullable;

/**
 * Who watches. Immutable.
 *
 * @param store   the store that the client follows, null if it does not say
 * @param from    the revision that it has, 0 for none
 * @param gateway whether it is a gateway, which is asked questions as well
 * @param interest the part that it follows, null for the whole table
 */
public record WatchClient(
        @Nullable String store,
        long from,
        boolean gateway,
        @Nullable Interest interest) {}
