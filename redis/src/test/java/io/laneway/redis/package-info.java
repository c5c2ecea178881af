/** Tests of rates that gateways count together, with real servers. */
@NullMarked
package io.laneway.redis;

import org.jspecify.annotations.NullMarked;
