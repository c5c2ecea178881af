/**
 * Connections to endpoints: made, kept, handed to requests and closed, by each event loop for itself, so that a request never
 * leaves its loop. Requests for a stream come in; how an endpoint fares goes out to an {@link
 * io.laneway.gateway.upstream.pool.EndpointMonitor}. It knows no cluster but the little that {@link
 * io.laneway.gateway.upstream.pool.ClusterPart} says.
 */
@NullMarked
package io.laneway.gateway.upstream.pool;

import org.jspecify.annotations.NullMarked;
