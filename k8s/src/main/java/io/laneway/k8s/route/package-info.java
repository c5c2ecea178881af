/** Edge routes from the Gateway API: what an HTTPRoute or GRPCRoute says becomes routes of the lane table, or is refused. */
@NullMarked
package io.laneway.k8s.route;

import org.jspecify.annotations.NullMarked;
