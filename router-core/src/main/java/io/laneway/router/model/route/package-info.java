/**
 * A route as configured: which requests it takes and what is done with them. What a table can say of a route comes in;
 * how it is found is {@code route}'s. Uses services and policy.
 */
@NullMarked
package io.laneway.router.model.route;

import org.jspecify.annotations.NullMarked;
