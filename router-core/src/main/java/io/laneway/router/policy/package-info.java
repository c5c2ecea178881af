/** How a service wants its calls treated: time-outs, retries, balancing, ejection, limits. CONTRACT section 5. */
@NullMarked
package io.laneway.router.policy;

import org.jspecify.annotations.NullMarked;
