/** The control side of Laneway: what should be, who changed it, and who must know. */
@NullMarked
package io.laneway.control;

import org.jspecify.annotations.NullMarked;
