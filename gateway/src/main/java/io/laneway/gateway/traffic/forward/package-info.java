/**
 * Phases 6 to 8: the pick of an endpoint, a stream to it, the request onto that stream, and another attempt where one
 * failed before a response began. A decided request comes in; what the endpoint sends goes to the sink that {@link
 * io.laneway.gateway.traffic.forward.ForwardListener} names. It may use the context and the request phases.
 */
@NullMarked
package io.laneway.gateway.traffic.forward;

import org.jspecify.annotations.NullMarked;
