/**
 * The lanes of requests by their trace ids, for applications that pass a trace on and drop its lane. Requests with their
 * decision come in, lanes for requests without one go out; what is routed where is no matter of it. Uses heads and the decision.
 */
@NullMarked
package io.laneway.gateway.traffic.memory;

import org.jspecify.annotations.NullMarked;
