/** What a replay got: requests as recorded with the responses of base and lane, and files of them. */
@NullMarked
package io.laneway.replay.result;

import org.jspecify.annotations.NullMarked;
