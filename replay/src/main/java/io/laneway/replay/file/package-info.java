/**
 * Files of recorded requests: JSON Lines in gzip members. Uses form.
 */
@NullMarked
package io.laneway.replay.file;

import org.jspecify.annotations.NullMarked;
