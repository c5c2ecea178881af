/** Consuming: a {@code Consumer} that hands out the records of its own side and keeps the offsets right. */
@NullMarked
package io.laneway.kafka.consume;

import org.jspecify.annotations.NullMarked;
