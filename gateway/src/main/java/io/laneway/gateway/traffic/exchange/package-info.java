/**
 * An exchange: one request and its answer inside the gateway, from its head to its line in the access log, split by
 * phase. {@link io.laneway.gateway.traffic.exchange.Exchange} draws the way.
 */
@NullMarked
package io.laneway.gateway.traffic.exchange;

import org.jspecify.annotations.NullMarked;
