/** Message lanes and the table over Kafka. Not in laneway-gateway. */
@NullMarked
package io.laneway.cli.messages;

import org.jspecify.annotations.NullMarked;
