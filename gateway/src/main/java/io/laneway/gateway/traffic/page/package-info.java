/**
 * Local replies as pages: the templates of {@code errorPages}, by service and status, and which clients get them. It knows
 * no exchange; {@link io.laneway.gateway.traffic.respond.LocalReplies} asks it.
 */
@NullMarked
package io.laneway.gateway.traffic.page;

import org.jspecify.annotations.NullMarked;
