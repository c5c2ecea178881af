/**
 * What a listener makes of requests before they are routed: paths, header names, hops, and the client behind a proxy.
 */
@NullMarked
package io.laneway.gateway.traffic.edge;

import org.jspecify.annotations.NullMarked;
