/**
 * Compares text by lines and bytes by hash. Bodies come in, marks on places go out.
 */
@NullMarked
package io.laneway.replay.diff.text;

import org.jspecify.annotations.NullMarked;
