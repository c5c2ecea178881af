/**
 * Connections that the system redirects to a listener: where each was going, what it speaks by its first bytes, and those
 * that are passed on as they are. What comes in is a connection without a codec; what goes out is the same one for the
 * listener to read as HTTP, or a tunnel.
 */
@NullMarked
package io.laneway.gateway.server.transparent;

import org.jspecify.annotations.NullMarked;
