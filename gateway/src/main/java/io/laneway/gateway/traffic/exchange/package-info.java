/**
 * An exchange: one request and its response inside the gateway, from its head to its line in the access log. {@link
 * io.laneway.gateway.traffic.exchange.Exchange} owns the phases, draws their way and carries what one says to another; no
 * phase knows it. Requests come in from codecs as {@link io.laneway.gateway.protocol.stream.RequestHandler}; it may use
 * every phase.
 */
@NullMarked
package io.laneway.gateway.traffic.exchange;

import org.jspecify.annotations.NullMarked;
