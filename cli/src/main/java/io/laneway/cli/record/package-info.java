/** Recorded requests: shown, checked, redacted, exported and replayed. Not in laneway-gateway. */
@NullMarked
package io.laneway.cli.record;

import org.jspecify.annotations.NullMarked;
