package io.laneway.router.source;

import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds deployments that run somewhere, such as in Kubernetes. What it finds is an overlay on the lane table: it
 * stands in no history. Runs on threads of its own. Safe for many threads.
 */
public interface DeploymentSource extends AutoCloseable {

    /**
     * What was found, whole. Services are merged into the table by {@link Service#id()}: their deployments are added
     * beside the table's own, of which one for the same lane wins; hosts are added if no service has them. A service of the
     * table without a namespace is the one found under its name: where several namespaces have that name, the eldest. Lanes are
     * compared by slug: a found lane whose slug the table has is the table's lane, and the others are added for as long
     * as they are in use. What did not change since the last overlay is the same object as there.
     *
     * @param eldest of each name that several namespaces have, the service that was there first
     */
    record Overlay(List<Lane> lanes, List<Service> services, Set<ServiceId> eldest) {

        /** Nothing found. */
        public static final Overlay EMPTY = new Overlay(List.of(), List.of());

        public Overlay {
            lanes = List.copyOf(lanes);
            services = List.copyOf(services);
            eldest = Set.copyOf(eldest);
        }

        /** Where it is not known who was first. */
        public Overlay(List<Lane> lanes, List<Service> services) {
            this(lanes, services, Set.of());
        }
    }

    /** A short name for logs, such as {@code kubernetes}. */
    String name();

    /** Starts to deliver overlays, the first when the first list is complete, then one per burst of changes. */
    void start(Consumer<Overlay> listener);

    @Override
    void close();
}
