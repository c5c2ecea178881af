/** A member of a lane's group: where it begins and what it hands out. */
@NullMarked
package io.laneway.kafka.consume.lane;

import org.jspecify.annotations.NullMarked;
