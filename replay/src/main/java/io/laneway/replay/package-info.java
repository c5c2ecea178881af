/**
 * Recorded requests and what is done with them away from a gateway. Nothing of a gateway comes in. Uses the JDK and\n * Jackson's streaming parser.
 */
@NullMarked
package io.laneway.replay;

import org.jspecify.annotations.NullMarked;
