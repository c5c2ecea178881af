package io.laneway.gateway.protocol.stream;

import java.net.InetSocketAddress;

/**
 * Where a client's connection was going before the system redirected it to this gateway. Immutable.
 *
 * @param address an IP address and port
 * @param http2   whether the client began with the preface of HTTP/2, so that the server there speaks it (RFC 9113 section
 *                3.3)
 */
public record OriginalDestination(InetSocketAddress address, boolean http2) {}
