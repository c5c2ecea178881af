/**
 * The command that says of recorded requests which hops they made and who failed first. Files come in, text goes out.
 */
@NullMarked
package io.laneway.cli.chain;

import org.jspecify.annotations.NullMarked;
