/** What one event loop has of its own: clock, chance, timers, and the channels it has to flush. */
@NullMarked
package io.laneway.gateway.loop;

import org.jspecify.annotations.NullMarked;
