/**
 * Values that a response gives and later requests have again, such as a session or the number of an order: where a team says
 * they are taken and put, and what stands for which.
 */
@NullMarked
package io.laneway.replay.value;

import org.jspecify.annotations.NullMarked;
