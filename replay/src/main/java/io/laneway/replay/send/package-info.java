/** Sends recorded requests again: open loop on a schedule, in order for each client, each write at most once. */
@NullMarked
package io.laneway.replay.send;

import org.jspecify.annotations.NullMarked;
