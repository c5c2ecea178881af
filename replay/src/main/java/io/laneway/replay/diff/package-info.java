/**
 * Compares the responses of base, of base again and of a lane. Triples of responses come in, findings go out.
 */
@NullMarked
package io.laneway.replay.diff;

import org.jspecify.annotations.NullMarked;
