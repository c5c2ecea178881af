/**
 * Shifts that go step by step: a plan, its states with their moves, and the tick by which it moves by itself. Calls come
 * in through {@link io.laneway.control.plan.Plans}; each move is one edit of the shift, in one transaction with the plan's
 * new state. Uses {@code shift}, {@code guard} and {@code edit}.
 */
@NullMarked
package io.laneway.control.plan;

import org.jspecify.annotations.NullMarked;
