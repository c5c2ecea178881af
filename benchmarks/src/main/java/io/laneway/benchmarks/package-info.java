/** JMH of the parts of a decision: look-ups, slots, deltas, compiling. */
@NullMarked
package io.laneway.benchmarks;

import org.jspecify.annotations.NullMarked;
