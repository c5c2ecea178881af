/**
 * The documentation says what the program does: links lead somewhere, examples are taken, and tables name what is there.
 */
@NullMarked
package io.laneway.cli.docs;

import org.jspecify.annotations.NullMarked;
