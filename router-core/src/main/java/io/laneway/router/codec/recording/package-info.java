/** The forms of recordings in a lane table. */
@NullMarked
package io.laneway.router.codec.recording;

import org.jspecify.annotations.NullMarked;
