/** {@code laneway redirect}: the system's rules by which connections come to transparent listeners. */
@NullMarked
package io.laneway.cli.redirect;

import org.jspecify.annotations.NullMarked;
