package io.laneway.gateway.protocol.transcode;

/** Makes transcoders. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. */
public interface TranscoderProvider {

    /**
     * The transcoder of a service.
     *
     * @param descriptors a {@code FileDescriptorSet} with all that it imports
     * @throws IllegalArgumentException if they cannot be used, with the reason
     */
    Transcoder transcoder(byte[] descriptors);
}
