/**
 * Whether an environment is worse than base: measurements of both become evidence, and evidence a verdict. A
 * {@link io.laneway.control.guard.GuardedPlan} comes in with each look, a {@link io.laneway.control.guard.Verdict} goes
 * out; what follows from it is the plan's. Uses {@code gateways} for what was measured and {@code edit} for the table as
 * it is.
 */
@NullMarked
package io.laneway.control.guard;

import org.jspecify.annotations.NullMarked;
