/**
 * HTTP/1.1 for the few calls of operators, on Netty and a thread of its own: nothing of it is loaded before the first
 * call comes. Knows no paths; {@code server.admin} has them.
 */
@NullMarked
package io.laneway.gateway.server.adminhttp;

import org.jspecify.annotations.NullMarked;
