/** What the gates of a listener cost a request that passes them at once, and what beside them is looked up for each request. */
@NullMarked
package io.laneway.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
