/** {@code laneway plan}: tenants moved step by step. */
@NullMarked
package io.laneway.cli.plan;

import org.jspecify.annotations.NullMarked;
