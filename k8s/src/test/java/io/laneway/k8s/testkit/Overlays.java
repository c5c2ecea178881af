package io.laneway.k8s.testkit;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the overlays that were delivered. */
public final class Overlays implements Consumer<Overlay> {

    private final List<Overlay> all = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Overlay overlay) {
        all.add(overlay);
    }

    public int count() {
        return all.size();
    }

    /** The last one, or an empty one before the first. */
    public Overlay last() {
        return all.isEmpty() ? Overlay.EMPTY : all.get(all.size() - 1);
    }

    /** The deployment of a service in a lane in the last overlay. */
    public @Nullable Deployment deployment(String service, String lane) {
        return deployment(last(), service, lane);
    }

    /** The deployment of a service in a lane. */
    public static @Nullable Deployment deployment(Overlay overlay, String service, String lane) {
        return overlay.services().stream()
                .filter(one -> one.id().equals(ServiceId.parse(service)))
                .flatMap(one -> one.deployments().stream())
                .filter(one -> one.lane().equals(lane))
                .findFirst()
                .orElse(null);
    }
}
