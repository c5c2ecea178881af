package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.laneway.k8s.route.gateway.Edge;
import io.laneway.k8s.route.gateway.FrontendClients;
import io.laneway.k8s.route.gateway.FrontendClients.Asked;
import io.laneway.k8s.route.gateway.Listeners;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps listeners of one port apart (docs/decisions/0461): what comes for the host of a narrow listener and that none of its
 * routes wants does not fall to a route that a wider listener has taken. The table's routes know no listeners, so that the
 * narrow one gets a last route of its own. Listeners of one port that end TLS get one each for their connections, by which
 * gateways find requests that came over a connection of another (docs/decisions/0576). Immutable.
 *
 * @param reads   the routes with their parents
 * @param ours    our Gateways by {@code namespace/name}, with the listeners of their ListenerSets
 * @param clients what their listeners ask of clients' certificates
 */
record ListenerIsolation(Map<RouteObject, Read> reads, Map<String, Gateway> ours, FrontendClients clients) {

    private static final int NOT_FOUND = 404;

    /**
     * The last routes of narrow listeners, to stand behind all others.
     *
     * @param edge which ports of the gateways are whose
     */
    List<Route> lastRoutes(Collection<Route> present, Edge edge) {
        List<Route> last = new ArrayList<>();
        List<Route> asking = new ArrayList<>();
        ours.forEach((key, gateway) -> {
            for (Listener listener : gateway.getSpec().getListeners()) {
                String host = Listeners.host(listener);
                boolean serves = Listeners.serves(gateway, listener);
                List<Integer> ports = edge.portsOf(List.of(edge.place(key, listener.getPort())));
                Asked asked = serves ? clients.of(gateway, listener) : null;
                if (asked != null) {
                    asking.add(ofClients(host, ports, asked));
                }
                if (!host.isEmpty() && serves) {
                    boolean tls = Listeners.isTls(listener);
                    if (asked == null && (isWider(key, listener, true) || Listeners.sharesTls(gateway, listener))) {
                        last.add(ofConnections(host, ports, tls));
                    }
                    if (!tls && isWider(key, listener, false)) {
                        last.add(ofRequests(host, ports));
                    }
                }
            }
        });
        last.removeIf(one -> present.stream().anyMatch(other -> saysTheSame(one, other)));
        // What asks for certificates comes before what asks for none of the same host, as another Gateway may have it.
        asking.addAll(last);
        return asking.stream().distinct().toList();
    }

    /** Whether a route, of connections or of requests, has a wider host by another listener of the same Gateway and port. */
    private boolean isWider(String gateway, Listener listener, boolean ofConnections) {
        return reads.entrySet().stream()
                .filter(read -> read.getKey() instanceof RouteObject.Tls == ofConnections
                        && read.getValue().verdict().accepted())
                .flatMap(read -> read.getValue().parents().values().stream()
                        .filter(attached -> attached.gateway().equals(gateway))
                        .flatMap(attached -> attached.ports().stream()))
                .filter(at -> at.port() == listener.getPort() && !at.listener().equals(listener.getName()))
                .anyMatch(at -> at.hosts().isEmpty()
                        || at.hosts().stream().anyMatch(host -> Listeners.narrower(Listeners.host(listener), host)));
    }

    private static Route ofRequests(String host, List<Integer> ports) {
        return new Route(List.of(host), "/", null, false, RouteMatch.ANY.at(ports), closed());
    }

    /** A listener of TLS closes what it has no route for; at one of HTTPS, TLS ends. */
    private static Route ofConnections(String host, List<Integer> ports, boolean tls) {
        return new Route(
                List.of(host), "/", null, false, RouteMatch.ofTls(ports), tls ? closed() : RouteAction.FORWARD);
    }

    /** What a listener asks of the clients of its connections. */
    private static Route ofClients(String host, List<Integer> ports, Asked asked) {
        return new Route(
                host.isEmpty() ? List.of() : List.of(host),
                "/",
                null,
                false,
                RouteMatch.ofTls(ports),
                RouteAction.ending(asked.clients()));
    }

    private static RouteAction closed() {
        return new RouteAction(List.of(RoutePart.response(NOT_FOUND, 1)), null, null, HeaderRules.NONE, null);
    }

    private static boolean saysTheSame(Route one, Route other) {
        return other.path().equals("/")
                && other.match().equals(one.match())
                && other.hosts().stream().anyMatch(one.hosts().get(0)::equalsIgnoreCase);
    }
}
