/**
 * The seam between codecs and exchanges: one request and its response as two streams of events, blind to the protocol
 * on either side. A downstream codec calls {@link io.laneway.gateway.protocol.stream.RequestSink} and is called by
 * {@link io.laneway.gateway.protocol.stream.Downstream}; a codec of upstreams calls {@link
 * io.laneway.gateway.protocol.stream.ResponseSink} and is called by {@link
 * io.laneway.gateway.protocol.stream.UpstreamStream}.
 *
 * <p>Rules for all four. Every call happens on the one event loop of the exchange. Who is given a buffer owns it and
 * releases it or gives it on. Heads and trailers are lent for the time of the call, except those of the request, which are
 * valid until its exchange has {@linkplain io.laneway.gateway.protocol.stream.Downstream#head given its response} and
 * both directions have ended. Writing never flushes: writers mark their channel with {@link
 * io.laneway.gateway.runtime.eventloop.Flushes}, and it is flushed when the loop has handled what it read. Calls may
 * come back into the caller before they return.
 */
@NullMarked
package io.laneway.gateway.protocol.stream;

import org.jspecify.annotations.NullMarked;
