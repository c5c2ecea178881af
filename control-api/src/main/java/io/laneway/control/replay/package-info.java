/**
 * Replays of recordings: asked for here, done by a gateway near the services, which says how far it is and what differed.
 * Orders go down the watch as questions do; gateways are never called.
 */
@NullMarked
package io.laneway.control.replay;

import org.jspecify.annotations.NullMarked;
