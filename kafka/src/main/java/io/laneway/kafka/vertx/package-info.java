/** Message lanes for services on Vert.x. */
@NullMarked
package io.laneway.kafka.vertx;

import org.jspecify.annotations.NullMarked;
