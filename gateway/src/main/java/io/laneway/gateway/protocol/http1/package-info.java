/**
 * HTTP/1.1 on both sides (RFC 9112): a strict reader of heads that refuses whatever two readers could understand
 * differently, bodies that pass without being copied, and the connections of clients and to endpoints.
 */
@NullMarked
package io.laneway.gateway.protocol.http1;

import org.jspecify.annotations.NullMarked;
