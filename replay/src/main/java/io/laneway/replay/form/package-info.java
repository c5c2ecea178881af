/**
 * One recorded request and its line in a file, which docs/reference/recording.md describes. Uses json.
 */
@NullMarked
package io.laneway.replay.form;

import org.jspecify.annotations.NullMarked;
