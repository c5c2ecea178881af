/** Writes finished requests down, a line each: formatted on the loop into a ring, written by a thread of its own. */
@NullMarked
package io.laneway.gateway.telemetry.accesslog;

import org.jspecify.annotations.NullMarked;
