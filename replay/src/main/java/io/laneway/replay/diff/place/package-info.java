/**
 * The places of responses with what differed there. Values come in, counts go out.
 */
@NullMarked
package io.laneway.replay.diff.place;

import org.jspecify.annotations.NullMarked;
