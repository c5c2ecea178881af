/** What one event loop has of its own: clock, chance, timers, and the channels it has to flush. */
@NullMarked
package io.laneway.gateway.runtime.eventloop;

import org.jspecify.annotations.NullMarked;
