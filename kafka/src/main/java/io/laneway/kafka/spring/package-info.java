/** Message lanes for services on Spring Kafka. */
@NullMarked
package io.laneway.kafka.spring;

import org.jspecify.annotations.NullMarked;
