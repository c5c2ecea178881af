/**
 * Whether endpoints are healthy: active health checks that ask them, and outlier ejection by the responses that they
 * give to requests.
 */
@NullMarked
package io.laneway.gateway.upstream.health;

import org.jspecify.annotations.NullMarked;
