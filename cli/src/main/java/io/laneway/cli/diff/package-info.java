/**
 * The command that compares what a replay got. Files come in, reports go out.
 */
@NullMarked
package io.laneway.cli.diff;

import org.jspecify.annotations.NullMarked;
