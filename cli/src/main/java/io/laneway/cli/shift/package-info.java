/** {@code laneway shift}: who of the tenants goes where. */
@NullMarked
package io.laneway.cli.shift;

import org.jspecify.annotations.NullMarked;
