/** The life of a lane: active, expiring, expired, deleted; decided here, published as state. */
@NullMarked
package io.laneway.control.lane;

import org.jspecify.annotations.NullMarked;
