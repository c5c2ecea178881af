/** What watching costs: metrics and access log of one request. */
@NullMarked
package io.laneway.benchmarks.observe;

import org.jspecify.annotations.NullMarked;
