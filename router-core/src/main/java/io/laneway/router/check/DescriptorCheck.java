package io.laneway.router.check;

import org.jspecify.annotations.Nullable;

/**
 * Checks the descriptors by which requests with JSON become calls of gRPC. Found by {@link java.util.ServiceLoader} where
 * a distribution can read them; without one they are checked by the gateways that use them. Stateless.
 */
public interface DescriptorCheck {

    /** What is wrong with a {@code FileDescriptorSet}, null if nothing is. */
    @Nullable
    String problem(byte[] descriptors);
}
