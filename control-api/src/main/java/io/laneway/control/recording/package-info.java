/** Recordings as the control API keeps them: how they are started, what they are now, and when they leave the table. */
@NullMarked
package io.laneway.control.recording;

import org.jspecify.annotations.NullMarked;
