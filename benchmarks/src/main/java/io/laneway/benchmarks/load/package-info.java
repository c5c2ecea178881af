/**
 * Load at a fixed rate, for the side-by-side runs. Each class needs nothing but the JDK, so that {@code benchmarks/run} can
 * compile and start them by themselves.
 */
@NullMarked
package io.laneway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
