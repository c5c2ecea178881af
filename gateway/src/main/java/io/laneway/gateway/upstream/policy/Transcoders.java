package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.transcode.Transcoder;
import io.laneway.gateway.protocol.transcode.TranscoderProvider;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.GrpcClients;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the transcoders of services, where the distribution has what makes them. Stateless. */
final class Transcoders {

    private static final Logger LOG = LoggerFactory.getLogger(Transcoders.class);
    private static final Optional<TranscoderProvider> PROVIDER =
            ServiceLoader.load(TranscoderProvider.class).findFirst();

    private Transcoders() {}

    /**
     * The transcoder of a service; null if it wants none, or none can be made of its descriptors.
     *
     * @param before the clients of the same service before
     * @param made   the transcoder that was made for these; descriptors that stay are not read again
     */
    static @Nullable Transcoder of(Service service, @Nullable GrpcClients before, @Nullable Transcoder made) {
        GrpcClients grpc = service.policy().grpc();
        if (grpc == null || grpc.json() == null) {
            return null;
        }
        if (before != null && grpc.json().equals(before.json())) {
            return made;
        }
        if (PROVIDER.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("service", service.id())
                    .log("requests with JSON pass as they are: this distribution has no laneway-transcode");
            return null;
        }
        try {
            return PROVIDER.get().transcoder(grpc.json().bytes());
        } catch (IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("service", service.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("requests with JSON pass as they are: the descriptors cannot be used");
            return null;
        }
    }
}
