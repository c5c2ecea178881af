/** The {@code laneway} command: the only {@code main}, which wires the other modules. */
@NullMarked
package io.laneway.cli;

import org.jspecify.annotations.NullMarked;
