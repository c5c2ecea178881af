/** The form of the rules of replays. */
@NullMarked
package io.laneway.router.codec.replay;

import org.jspecify.annotations.NullMarked;
