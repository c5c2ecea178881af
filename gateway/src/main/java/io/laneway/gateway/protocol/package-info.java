/**
 * How bytes become requests and responses: the neutral head, HTTP/1.1, HTTP/2, gRPC's framing, TLS, and the seam of
 * streams between codecs and exchanges. Bytes come in from channels; heads, bodies and failures go out through the four
 * interfaces of {@code stream}. It may use runtime alone.
 */
package io.laneway.gateway.protocol;
