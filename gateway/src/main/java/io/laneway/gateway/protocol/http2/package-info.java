/**
 * HTTP/2 on both sides (RFC 9113): frames, HPACK and flow control are Netty's; what is here turns field lists into
 * neutral heads and back, strictly, ties windows to the exchange's back-pressure, and guards against floods.
 */
@NullMarked
package io.laneway.gateway.protocol.http2;

import org.jspecify.annotations.NullMarked;
