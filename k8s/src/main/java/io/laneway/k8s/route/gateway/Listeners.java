package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.FrontendTLSConfig;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.FrontendTLSValidation;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayTLSConfig;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSConfig;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSPortConfig;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which listeners of a Gateway take routes: those of a protocol that a gateway serves which no other listener of the same
 * port contradicts. Stateless.
 */
public final class Listeners {

    private Listeners() {}

    /** Whether a listener takes routes. */
    public static boolean serves(Gateway gateway, Listener listener) {
        return speaks(listener) && conflict(gateway, listener) == null;
    }

    /** What a listener asks of clients' certificates by {@code tls.frontend}; null if nothing, or if it ends no TLS. */
    static @Nullable FrontendTLSValidation validation(Gateway gateway, Listener listener) {
        GatewayTLSConfig tls = gateway.getSpec().getTls();
        FrontendTLSConfig frontend = tls == null ? null : tls.getFrontend();
        if (frontend == null || !isSecure(listener)) {
            return null;
        }
        TLSConfig config = frontend.getPerPort().stream()
                .filter(one -> Objects.equals(one.getPort(), listener.getPort()))
                .findFirst()
                .map(TLSPortConfig::getTls)
                .orElseGet(frontend::getDefault);
        return config == null ? null : config.getValidation();
    }

    /** Whether a listener speaks what a gateway of ours serves. */
    static boolean speaks(Listener listener) {
        return "HTTP".equals(listener.getProtocol()) || isSecure(listener) || passes(listener) || opens(listener);
    }

    /** Whether a listener passes TLS on as it is. */
    public static boolean passes(Listener listener) {
        return isTls(listener)
                && listener.getTls() != null
                && "Passthrough".equals(listener.getTls().getMode());
    }

    /** Whether a listener ends TLS and passes on what it carries, which is what {@code tls.mode} says where it says nothing. */
    public static boolean opens(Listener listener) {
        String mode = listener.getTls() == null ? null : listener.getTls().getMode();
        return isTls(listener) && (mode == null || mode.equals("Terminate"));
    }

    /** Whether it is about TLS whose content is no HTTP. */
    public static boolean isTls(Listener listener) {
        return "TLS".equals(listener.getProtocol());
    }

    /** The kinds of routes that a listener may take. */
    static List<String> kinds(Listener listener) {
        return isTls(listener) ? List.of("TLSRoute") : List.of("HTTPRoute", "GRPCRoute");
    }

    /** Whether a listener ends TLS whose content is HTTP. */
    static boolean isSecure(Listener listener) {
        return "HTTPS".equals(listener.getProtocol());
    }

    /** The reason of condition {@code Conflicted}; null if no other listener is in the way. */
    static @Nullable String conflict(Gateway gateway, Listener listener) {
        for (Listener other : gateway.getSpec().getListeners()) {
            if (other.getName().equals(listener.getName())
                    || !Objects.equals(other.getPort(), listener.getPort())
                    || apart(other, listener)) {
                continue;
            }
            boolean same = Objects.equals(other.getProtocol(), listener.getProtocol());
            boolean named = host(other).equalsIgnoreCase(host(listener));
            boolean byName = (isTls(other) || isSecure(other)) && (isTls(listener) || isSecure(listener));
            if (!same && (named || !byName)) {
                return "ProtocolConflict";
            }
            if (named) {
                return "HostnameConflict";
            }
        }
        return null;
    }

    /** Whether another listener of the same port ends TLS for some of the same hosts, so that either may be asked for them. */
    static boolean overlaps(Gateway gateway, Listener listener) {
        return isSecure(listener)
                && gateway.getSpec().getListeners().stream()
                        .anyMatch(other -> isSecure(other)
                                && !other.getName().equals(listener.getName())
                                && Objects.equals(other.getPort(), listener.getPort())
                                && (covers(host(other), host(listener)) || covers(host(listener), host(other))));
    }

    /** Whether a listener ends TLS at a port where another one does, for other hosts. */
    public static boolean sharesTls(Gateway gateway, Listener listener) {
        return isSecure(listener)
                && gateway.getSpec().getListeners().stream()
                        .anyMatch(other -> isSecure(other)
                                && !other.getName().equals(listener.getName())
                                && Objects.equals(other.getPort(), listener.getPort())
                                && serves(gateway, other));
    }

    /** Whether a host, or all that a pattern stands for, belongs to a listener and to no more specific one of its port. */
    public static boolean owns(Gateway gateway, Listener listener, String host) {
        return gateway.getSpec().getListeners().stream()
                .noneMatch(other -> !other.getName().equals(listener.getName())
                        && Objects.equals(other.getPort(), listener.getPort())
                        && covers(host(other), host)
                        && narrower(host(other), host(listener))
                        && serves(gateway, other));
    }

    /** Whether a host or pattern stands for less than another, empty for every host. */
    public static boolean narrower(String one, String other) {
        return !one.equalsIgnoreCase(other) && covers(other, one);
    }

    private static boolean covers(String pattern, String host) {
        return pattern.isEmpty()
                || pattern.equalsIgnoreCase(host)
                || (pattern.startsWith("*.")
                        && host.toLowerCase(Locale.ROOT)
                                .endsWith(pattern.substring(1).toLowerCase(Locale.ROOT)));
    }

    /** Ports of UDP are others than those of TCP. */
    private static boolean apart(Listener one, Listener other) {
        return "UDP".equals(one.getProtocol()) != "UDP".equals(other.getProtocol());
    }

    /** The hostname of a listener, empty for every host. */
    public static String host(Listener listener) {
        return listener.getHostname() == null ? "" : listener.getHostname();
    }
}
