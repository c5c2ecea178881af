/** The control API: {@code laneway control} and its verbs. Not in laneway-gateway. */
@NullMarked
package io.laneway.cli.control;

import org.jspecify.annotations.NullMarked;
