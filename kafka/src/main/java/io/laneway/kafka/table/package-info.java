/** The lane table over a topic: the control API's publisher, and the gateways' source. */
@NullMarked
package io.laneway.kafka.table;

import org.jspecify.annotations.NullMarked;
