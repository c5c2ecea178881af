/**
 * The tests of significance of a comparison. Counts come in, chances go out; knows no response.
 */
@NullMarked
package io.laneway.replay.diff.stat;

import org.jspecify.annotations.NullMarked;
