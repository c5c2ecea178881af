/** Recordings of a lane table: which requests are kept on purpose, for a while, to be replayed. */
@NullMarked
package io.laneway.router.model.recording;

import org.jspecify.annotations.NullMarked;
