/** Active health checks and the thread on which they run, away from the event loops that serve requests. */
@NullMarked
package io.laneway.gateway.health;

import org.jspecify.annotations.NullMarked;
