/** A replay from its recording to the report of what differed: what the command, the demo and gateways share. */
@NullMarked
package io.laneway.replay.run;

import org.jspecify.annotations.NullMarked;
