/** What consumers with lanes count, and its meters for Micrometer. */
@NullMarked
package io.laneway.kafka.metrics;

import org.jspecify.annotations.NullMarked;
