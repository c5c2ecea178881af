package io.laneway.transcode;

import io.laneway.gateway.protocol.transcode.Transcoder;
import io.laneway.gateway.protocol.transcode.TranscoderProvider;
import io.laneway.router.check.DescriptorCheck;
import org.jspecify.annotations.Nullable;

/** Makes transcoders of descriptors, and checks these. Stateless. */
public final class JsonTranscoders implements TranscoderProvider, DescriptorCheck {

    /** For {@link java.util.ServiceLoader}. */
    public JsonTranscoders() {}

    @Override
    public Transcoder transcoder(byte[] descriptors) {
        Descriptors set = Descriptors.read(descriptors);
        return new JsonTranscoder(Bindings.of(set), new Json(set));
    }

    @Override
    public @Nullable String problem(byte[] descriptors) {
        try {
            Bindings.of(Descriptors.read(descriptors));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
