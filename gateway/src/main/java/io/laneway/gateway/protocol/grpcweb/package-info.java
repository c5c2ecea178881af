/**
 * gRPC-Web, the form of gRPC for pages in browsers, which can neither send HTTP/2 frames nor read trailers: the bodies
 * of requests and responses are those of gRPC, binary or as Base64, and trailers are the last frame of the body
 * (PROTOCOL-WEB.md of gRPC).
 */
@NullMarked
package io.laneway.gateway.protocol.grpcweb;

import org.jspecify.annotations.NullMarked;
