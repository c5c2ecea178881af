/** What a gateway and the command do in a cluster. Not in laneway-gateway. */
@NullMarked
package io.laneway.cli.kubernetes;

import org.jspecify.annotations.NullMarked;
