/**
 * What a service's policy does to requests and responses at the gateway itself: compiled once, kept with the service.
 */
@NullMarked
package io.laneway.gateway.upstream.policy;

import org.jspecify.annotations.NullMarked;
