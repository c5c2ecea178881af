/**
 * Requests of HTTP with JSON as calls of gRPC, by what descriptors say of {@code google.api.http}. The gateway finds it by
 * {@link java.util.ServiceLoader}; a distribution for sidecars leaves it out.
 */
@NullMarked
package io.laneway.transcode;

import org.jspecify.annotations.NullMarked;
