/** Producing: records are marked with the lane of the work that caused them. */
@NullMarked
package io.laneway.kafka.produce;

import org.jspecify.annotations.NullMarked;
