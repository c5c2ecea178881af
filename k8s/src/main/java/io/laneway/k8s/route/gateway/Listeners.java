package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
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

    /** Whether a listener speaks what a gateway of ours serves. */
    static boolean speaks(Listener listener) {
        return "HTTP".equals(listener.getProtocol()) || isSecure(listener);
    }

    /** Whether a listener ends TLS. */
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
            if (!Objects.equals(other.getProtocol(), listener.getProtocol())) {
                return "ProtocolConflict";
            }
            if (host(other).equalsIgnoreCase(host(listener))) {
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

    private static String host(Listener listener) {
        return listener.getHostname() == null ? "" : listener.getHostname();
    }
}
