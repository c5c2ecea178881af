/**
 * What lives behind the deployments of a table: endpoints with their requests in flight, the pick among them, and for
 * each event loop its own pools of connections, so that a request never leaves its loop.
 */
@NullMarked
package io.laneway.gateway.upstream.cluster;

import org.jspecify.annotations.NullMarked;
