/**
 * How browsers come into a lane and out of it: the cookie that a link sets, what that means for caches, redirections that
 * keep a lane's host, and the page that shows the lane. Heads and decisions come in, header lines and bytes of a page go
 * out; who sends them is no matter of it. Uses heads, the edge's original request and the decision.
 */
@NullMarked
package io.laneway.gateway.traffic.entry;

import org.jspecify.annotations.NullMarked;
