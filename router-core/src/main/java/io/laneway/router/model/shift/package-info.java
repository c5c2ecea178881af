/**
 * A shift as configured: environments, their shares, slots and pinned tenants, and where requests carry a tenant. What
 * a table can say of a shift comes in; how slots move is {@code shift}'s. Uses text and units.
 */
@NullMarked
package io.laneway.router.model.shift;

import org.jspecify.annotations.NullMarked;
