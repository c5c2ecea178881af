/**
 * What lives behind the deployments of a table: clusters of endpoints, the pick among them, and what looks after them. Tables
 * and what pools hear of endpoints come in; the pool for the next request goes out. It may use pool, endpoint, health and
 * balance.
 */
@NullMarked
package io.laneway.gateway.upstream.cluster;

import org.jspecify.annotations.NullMarked;
