package io.laneway.control.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.JoinAddress;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The overlays of machines that joined. They differ from those of discovery: a deployment that joined takes the place of
 * the one that was edited or found, for as long as it is there, and of two the later one serves. Stateless.
 */
public final class JoinOverlay {

    private static final String PREFIX = "join ";

    private JoinOverlay() {}

    /** The name of the overlay of the joins that one replica has. */
    public static String source(String replica) {
        return PREFIX + replica;
    }

    /** The replica whose joins an overlay has, null for one of another kind. */
    public static @Nullable String replica(String source) {
        return source.startsWith(PREFIX) ? source.substring(PREFIX.length()) : null;
    }

    /** The overlay that has the join of an id, null if none has. */
    public static @Nullable String sourceOf(TableState state, String id) {
        for (Map.Entry<String, Overlay> each : state.overlays().entrySet()) {
            if (replica(each.getKey()) != null
                    && each.getValue().services().stream()
                            .flatMap(service -> service.deployments().stream())
                            .anyMatch(deployment -> id.equals(JoinAddress.id(address(deployment))))) {
                return each.getKey();
            }
        }
        return null;
    }

    /** A lane that is there for a join, null if none made it. */
    public static @Nullable Lane made(TableState state, String lane) {
        return joined(state.overlays()).stream()
                .flatMap(overlay -> overlay.lanes().stream())
                .filter(one -> Slug.of(one.name()).equals(Slug.of(lane)))
                .findFirst()
                .orElse(null);
    }

    /** The address of the join that is published for a lane of a service, null if there is none. */
    public static @Nullable String address(TableState state, ServiceId service, String lane) {
        Service published = state.published().service(service);
        Deployment deployment = published == null ? null : deployment(published, lane);
        return deployment == null || JoinAddress.id(address(deployment)) == null ? null : address(deployment);
    }

    /**
     * A service as it is wanted, of one that was read and sent back: what a join laid over a deployment is no wish, so that the
     * edited deployment stays, or none.
     *
     * @param edited the service before; null if there is none
     */
    public static Service wanted(Service sent, @Nullable Service edited) {
        List<Deployment> deployments = new ArrayList<>();
        for (Deployment each : sent.deployments()) {
            Deployment kept = !isJoin(each) ? each : edited == null ? null : deployment(edited, each.lane());
            if (kept != null) {
                deployments.add(kept);
            }
        }
        return new Service(sent.id(), sent.hosts(), sent.shift(), deployments, sent.policy());
    }

    /** Whether a deployment is one that a join lays over others. */
    public static boolean isJoin(Deployment deployment) {
        return deployment.ports().stream()
                .flatMap(port -> port.endpoints().stream())
                .anyMatch(endpoint -> JoinAddress.id(endpoint.address()) != null);
    }

    /** The deployment of a lane, null if there is none. */
    public static @Nullable Deployment deployment(Service service, String lane) {
        return service.deployments().stream()
                .filter(one -> Slug.of(one.lane()).equals(Slug.of(lane)))
                .findFirst()
                .orElse(null);
    }

    /** The address of what joined, and of the first endpoint of anything else. */
    public static String address(Deployment deployment) {
        return deployment.ports().get(0).endpoints().stream()
                .findFirst()
                .map(Endpoint::address)
                .orElse("");
    }

    /** Those that discovery found. */
    static Map<String, Overlay> found(Map<String, Overlay> bySource) {
        return bySource.keySet().stream().noneMatch(source -> replica(source) != null)
                ? bySource
                : bySource.entrySet().stream()
                        .filter(each -> replica(each.getKey()) == null)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** Those of machines that joined, where they have any. */
    static List<Overlay> joined(Map<String, Overlay> bySource) {
        return bySource.entrySet().stream()
                .filter(each -> replica(each.getKey()) != null
                        && !each.getValue().services().isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The services that any of them serves. */
    static Set<ServiceId> services(Collection<Overlay> joined) {
        return joined.stream()
                .flatMap(overlay -> overlay.services().stream())
                .map(Service::id)
                .collect(Collectors.toSet());
    }

    /** Puts them in the place of what is there; services as published before are taken again where they are equal. */
    static void place(
            Collection<Overlay> joined,
            Map<ServiceId, Service> services,
            Set<String> lanes,
            @Nullable TableState before) {
        List<Service> all = joined.stream()
                .flatMap(overlay -> overlay.services().stream())
                .sorted(Comparator.comparing(JoinOverlay::greatest))
                .toList();
        all.forEach(join -> services.computeIfPresent(join.id(), (id, now) -> with(now, join, lanes)));
        if (before != null) {
            services(joined)
                    .forEach(id -> services.computeIfPresent(id, (same, now) -> {
                        Service old = before.published().service(id);
                        return now.equals(old) ? old : now;
                    }));
        }
    }

    private static String greatest(Service join) {
        return join.deployments().stream()
                .map(JoinOverlay::address)
                .max(Comparator.naturalOrder())
                .orElse("");
    }

    private static Service with(Service now, Service join, Set<String> lanes) {
        List<Deployment> deployments = new ArrayList<>(now.deployments());
        for (Deployment deployment : join.deployments()) {
            String lane = Slug.of(deployment.lane());
            if (lanes.contains(lane)) {
                deployments.removeIf(other -> Slug.of(other.lane()).equals(lane));
                deployments.add(deployment);
            }
        }
        return new Service(now.id(), now.hosts(), now.shift(), deployments, now.policy());
    }
}
