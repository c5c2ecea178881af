/** Counts of a running gateway that do not depend on how fast the machine is. */
@NullMarked
package io.laneway.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
