/** Patterns that people write, for names and paths. */
@NullMarked
package io.laneway.replay.text;

import org.jspecify.annotations.NullMarked;
