/**
 * What a team says of its responses: what is not compared, and how exactly. Immutable.
 */
@NullMarked
package io.laneway.replay.diff.rules;

import org.jspecify.annotations.NullMarked;
