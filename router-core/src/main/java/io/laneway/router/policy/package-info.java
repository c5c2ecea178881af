/**
 * How a service wants its requests treated, as configured: timeouts, retries, balancing, ejection, limits. A group of
 * keys of a policy comes in as a record with its default; what applies it lives in the gateway. Uses units.
 */
@NullMarked
package io.laneway.router.policy;

import org.jspecify.annotations.NullMarked;
