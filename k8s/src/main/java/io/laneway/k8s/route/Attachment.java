package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.gateway.Gateways;
import io.laneway.k8s.route.gateway.Listeners;
import io.laneway.k8s.route.gateway.Origin;
import io.laneway.k8s.route.gateway.Parents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether one of our Gateways takes a route, and for which hosts. Immutable.
 *
 * @param gateway   {@code namespace/name} of the Gateway; empty if none takes it
 * @param hosts     the hosts that remain of the route's by those of the listeners; empty for every host
 * @param listeners the names of the listeners that take it
 * @param ports     the ports of those listeners, each with its hosts
 * @param reason    why none does, in the words of the Gateway API; null if one does
 */
record Attachment(
        String gateway,
        List<String> hosts,
        Set<String> listeners,
        List<At> ports,
        @Nullable String reason,
        String message) {

    /**
     * The hosts that remain by one listener, at its port; none for every host. Immutable.
     *
     * @param opens whether the listener ends TLS and passes on what it carries
     */
    record At(String listener, int port, boolean opens, List<String> hosts) {}

    /**
     * @param parent   the listeners that are meant: those of {@code sectionName} and {@code port}, where it has them
     * @param gateway  the parent with the listeners of its ListenerSets, of which the parent may be one; null if there is no
     *                 such Gateway of ours
     * @param allows   whether a listener of the Gateway takes routes of the route's kind and namespace
     */
    static Attachment of(
            RouteObject route,
            ParentReference parent,
            @Nullable Gateway gateway,
            BiPredicate<Gateway, Listener> allows) {
        if (gateway == null) {
            return refused("NoMatchingParent", "no such Gateway with a GatewayClass of " + Gateways.CONTROLLER);
        }
        List<Listener> meant = gateway.getSpec().getListeners().stream()
                .filter(one -> names(parent, route.namespace(), gateway, one))
                .toList();
        if (meant.isEmpty()) {
            return refused(
                    "NoMatchingParent",
                    "no listener of " + Parents.kind(parent) + " " + Parents.key(parent, route.namespace()) + " has"
                            + (parent.getSectionName() == null ? "" : " sectionName " + parent.getSectionName())
                            + (parent.getPort() == null ? "" : " port " + parent.getPort()));
        }
        boolean allowed = false;
        Set<String> hosts = new LinkedHashSet<>();
        Set<String> listeners = new LinkedHashSet<>();
        List<At> ports = new ArrayList<>();
        boolean every = false;
        for (Listener listener : meant) {
            if (!Listeners.serves(gateway, listener) || !allows.test(gateway, listener)) {
                continue;
            }
            allowed = true;
            List<String> common = common(listener.getHostname(), route.hosts());
            if (common != null) {
                listeners.add(listener.getName());
                List<String> own = common.stream()
                        .filter(host -> Listeners.owns(gateway, listener, host))
                        .toList();
                every |= common.isEmpty();
                hosts.addAll(own);
                if (common.isEmpty() || !own.isEmpty()) {
                    ports.add(new At(listener.getName(), listener.getPort(), Listeners.opens(listener), own));
                }
            }
        }
        if (!allowed) {
            return refused(
                    "NotAllowedByListeners",
                    "no listener of " + Parents.kind(parent) + " " + Parents.key(parent, route.namespace())
                            + " takes a " + route.kind() + " of namespace '" + route.namespace() + "'");
        }
        if (listeners.isEmpty() || ports.isEmpty()) {
            return refused(
                    "NoMatchingListenerHostname",
                    "hostnames " + route.hosts() + " and those of the listeners have none in common"
                            + (listeners.isEmpty() ? "" : " that no more specific listener of the same port has"));
        }
        return new Attachment(Meta.key(gateway), every ? List.of() : List.copyOf(hosts), listeners, ports, null, "");
    }

    private static boolean names(ParentReference parent, String namespace, Gateway gateway, Listener listener) {
        return Origin.of(gateway, listener).isMeant(parent, namespace)
                && (parent.getPort() == null || parent.getPort().equals(listener.getPort()));
    }

    static Attachment refused(String reason, String message) {
        return new Attachment("", List.of(), Set.of(), List.of(), reason, message);
    }

    boolean taken() {
        return reason == null;
    }

    /** The hosts that a listener and a route have in common, empty for all; null if they have none. */
    static @Nullable List<String> common(@Nullable String listener, List<String> route) {
        if (listener == null || listener.isEmpty()) {
            return route;
        }
        String own = listener.toLowerCase(Locale.ROOT);
        if (route.isEmpty()) {
            return List.of(own);
        }
        List<String> common = route.stream()
                .filter(host -> covers(own, host) || covers(host, own))
                .map(host -> covers(own, host) ? host : own)
                .distinct()
                .toList();
        return common.isEmpty() ? null : common;
    }

    private static boolean covers(String pattern, String host) {
        return pattern.equalsIgnoreCase(host)
                || (pattern.startsWith("*.")
                        && host.toLowerCase(Locale.ROOT)
                                .endsWith(pattern.substring(1).toLowerCase(Locale.ROOT)));
    }
}
