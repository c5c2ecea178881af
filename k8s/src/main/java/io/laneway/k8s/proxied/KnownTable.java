package io.laneway.k8s.proxied;

import io.laneway.k8s.discovery.Identity;
import io.laneway.k8s.discovery.ProxiedServices;
import io.laneway.k8s.object.EndpointAddress;
import io.laneway.k8s.proxied.GatewayView.Applied;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.source.TableEditor;
import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the gateways know the pods of a Service: discovery has them by that Service, the published table has them, and
 * every gateway has that table. Blocks; confined to one thread.
 */
final class KnownTable {

    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final TableEditor editor;
    private final ProxiedServices discovered;
    private final GatewayView gateways;
    private final Map<String, Long> since = new HashMap<>();

    KnownTable(TableEditor editor, ProxiedServices discovered, GatewayView gateways) {
        this.editor = editor;
        this.discovered = discovered;
        this.gateways = gateways;
    }

    /** Says which addresses are gateways' pods and never those of a Service, though its selector catches them. */
    void notOwn(String key, Set<String> addresses) {
        discovered.gateways(key, addresses);
    }

    Set<String> notOwn(String key) {
        return discovered.gateways(key);
    }

    /**
     * What is not known yet; null if all is.
     *
     * @param key       the Service by which its pods must be known
     * @param addresses those pods; a pod of a lane that it catches too is known as that lane's
     * @param atLeast   how many gateways must be connected
     */
    @Nullable
    String missing(String key, Identity identity, Set<String> addresses, int atLeast) {
        String missing = missingNow(key, identity, addresses, atLeast);
        if (missing != null) {
            since.remove(key);
            return missing;
        }
        // A gateway that discovers by itself does not report: it gets a second to have seen the same.
        long first = since.computeIfAbsent(key, any -> System.nanoTime());
        if (System.nanoTime() - first < SETTLED.toNanos()) {
            return "gateways that discover by themselves";
        }
        since.remove(key);
        return null;
    }

    private @Nullable String missingNow(String key, Identity identity, Set<String> addresses, int atLeast) {
        if (!discovered.addresses(key).containsAll(addresses)) {
            return "discovery of the pods of " + key;
        }
        LaneTable table = editor.published();
        Set<String> known = new HashSet<>();
        boolean own = false;
        for (var service : table.services()) {
            if (service.id().equals(identity.service())) {
                for (Deployment one : service.deployments()) {
                    boolean some = add(one, known);
                    own |= some && Slug.of(one.lane()).equals(Slug.of(identity.lane()));
                }
            }
        }
        if (!addresses.isEmpty() && (!own || !known.containsAll(addresses))) {
            return "a published table with the pods of " + key;
        }
        Applied applied = gateways.applied(table.revision());
        if (applied.connected() < atLeast) {
            return "gateways that follow the control API (connected: " + applied.connected() + ", expected: " + atLeast
                    + ")";
        }
        return applied.applied() < applied.connected()
                ? "gateways that know " + key + " (" + applied.applied() + " of " + applied.connected() + ")"
                : null;
    }

    private static boolean add(Deployment deployment, Set<String> into) {
        int before = into.size();
        deployment
                .ports()
                .forEach(port ->
                        port.endpoints().forEach(endpoint -> into.add(EndpointAddress.host(endpoint.address()))));
        return into.size() > before
                || deployment.ports().stream()
                        .anyMatch(port -> !port.endpoints().isEmpty());
    }
}
