/**
 * The seam to what converts requests with JSON to calls of gRPC, which a distribution may lack: a provider is found by
 * {@link java.util.ServiceLoader}. It may use {@code stream} and {@code head}.
 */
@NullMarked
package io.laneway.gateway.protocol.transcode;

import org.jspecify.annotations.NullMarked;
