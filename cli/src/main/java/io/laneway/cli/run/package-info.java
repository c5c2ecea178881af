/** Long-running commands: the gateway and the control API as processes that end by signal. */
@NullMarked
package io.laneway.cli.run;

import org.jspecify.annotations.NullMarked;
