/** What {@code laneway messages status} shows, and the removal of a lane's groups. */
@NullMarked
package io.laneway.kafka.status;

import org.jspecify.annotations.NullMarked;
