package io.laneway.k8s.watch;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/**
 * Hands on each object that came, changed or went; of one that changed both, as it was and as it is. As thread-safe as what
 * takes them.
 */
public record Changes<T>(Consumer<T> changed) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T added) {
        changed.accept(added);
    }

    @Override
    public void onUpdate(T old, T now) {
        changed.accept(old);
        changed.accept(now);
    }

    @Override
    public void onDelete(T gone, boolean lastStateUnknown) {
        changed.accept(gone);
    }
}
