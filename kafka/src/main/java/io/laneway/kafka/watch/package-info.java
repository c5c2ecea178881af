/** The calls to Kafka about groups, made on a thread of their own, and what they saw. */
@NullMarked
package io.laneway.kafka.watch;

import org.jspecify.annotations.NullMarked;
