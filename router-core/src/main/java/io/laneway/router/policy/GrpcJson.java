package io.laneway.router.policy;

import java.util.Base64;
import java.util.Objects;

/**
 * How requests of HTTP with JSON become calls of gRPC: by what a service's descriptors say of {@code google.api.http}.
 * Immutable.
 *
 * @param descriptors a {@code FileDescriptorSet} with all that it imports, in Base64
 */
public record GrpcJson(String descriptors) {

    /** Characters of descriptors at most: tables are sent to every gateway. */
    public static final int MAX_LENGTH = 1024 * 1024;

    public GrpcJson {
        Objects.requireNonNull(descriptors, "descriptors");
    }

    /**
     * The descriptors as protoc wrote them.
     *
     * @throws IllegalArgumentException if the text is no Base64
     */
    public byte[] bytes() {
        return Base64.getMimeDecoder().decode(descriptors);
    }
}
