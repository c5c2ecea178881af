/** Recorded requests: shown, checked, redacted and exported. Not in laneway-gateway. */
@NullMarked
package io.laneway.cli.record;

import org.jspecify.annotations.NullMarked;
