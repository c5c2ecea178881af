/**
 * The one pure decision of a request: which service, which lane it asks for, which lane serves, and why. Steps of that
 * decision and their explanation come in; I/O, clocks and randomness do not. Uses the compiled table, carriers and the view
 * of a request; {@link io.laneway.router.decision.Decider} is the entrance.
 */
@NullMarked
package io.laneway.router.decision;

import org.jspecify.annotations.NullMarked;
