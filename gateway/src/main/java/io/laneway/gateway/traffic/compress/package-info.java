/** Responses compressed on their way to clients that take it (docs/reference/policy.md#compression). */
@NullMarked
package io.laneway.gateway.traffic.compress;

import org.jspecify.annotations.NullMarked;
