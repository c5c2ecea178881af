/**
 * Virtual hosts, rules and actions of Envoys, and routes of gRPC clients. Uses filter, host, lane and words.
 */
@NullMarked
package io.laneway.xds.route;

import org.jspecify.annotations.NullMarked;
