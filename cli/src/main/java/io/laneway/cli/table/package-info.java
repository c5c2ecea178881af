/** {@code laneway table}: the lane table as a whole. */
@NullMarked
package io.laneway.cli.table;

import org.jspecify.annotations.NullMarked;
