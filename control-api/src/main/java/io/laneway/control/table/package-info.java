/** The table as it stands, and the one way in which it changes: change, check, delta, durable, publish. */
@NullMarked
package io.laneway.control.table;

import org.jspecify.annotations.NullMarked;
