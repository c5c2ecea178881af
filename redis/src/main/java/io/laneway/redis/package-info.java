/** Rates that gateways count together by Redis or Valkey. */
@NullMarked
package io.laneway.redis;

import org.jspecify.annotations.NullMarked;
