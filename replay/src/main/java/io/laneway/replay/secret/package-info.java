/**
 * What looks like a secret nevertheless. Uses form and redact.
 */
@NullMarked
package io.laneway.replay.secret;

import org.jspecify.annotations.NullMarked;
