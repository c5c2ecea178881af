/**
 * HTTP Archive 1.2, out and in. Uses form and json.
 */
@NullMarked
package io.laneway.replay.har;

import org.jspecify.annotations.NullMarked;
