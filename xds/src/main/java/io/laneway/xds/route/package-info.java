/**
 * Where requests go, in Envoy's words: virtual hosts, rules by path, lanes by matchers, actions; and routes of gRPC clients. Uses
 * nothing else of this module.
 */
@NullMarked
package io.laneway.xds.route;

import org.jspecify.annotations.NullMarked;
