/** Replays of recordings that gateways do for the control API. */
@NullMarked
package io.laneway.cli.replays;

import org.jspecify.annotations.NullMarked;
