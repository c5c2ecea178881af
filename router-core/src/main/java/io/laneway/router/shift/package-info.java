/**
 * How tenants are spread over environments: the slot of a tenant, the owner of a slot, and what moves when shares
 * change. Arithmetic over slots comes in; plans over time live in the control API. Uses the model of a shift.
 */
@NullMarked
package io.laneway.router.shift;

import org.jspecify.annotations.NullMarked;
