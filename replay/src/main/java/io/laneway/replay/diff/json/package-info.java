/**
 * Walks three JSON values at once. Values come in, marks on places go out.
 */
@NullMarked
package io.laneway.replay.diff.json;

import org.jspecify.annotations.NullMarked;
