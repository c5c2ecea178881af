/**
 * Replays that the control API orders: recorded requests of this gateway are sent again and what came back is compared.
 * All of it happens on threads of its own, apart from the event loops that carry requests.
 */
@NullMarked
package io.laneway.gateway.server.replay;

import org.jspecify.annotations.NullMarked;
