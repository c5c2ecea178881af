/** Discovery on the way in, publishers on the way out. */
@NullMarked
package io.laneway.control.sources;

import org.jspecify.annotations.NullMarked;
