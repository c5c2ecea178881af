/** Frames of WebSockets as they pass (RFC 6455). */
@NullMarked
package io.laneway.gateway.protocol.websocket;

import org.jspecify.annotations.NullMarked;
