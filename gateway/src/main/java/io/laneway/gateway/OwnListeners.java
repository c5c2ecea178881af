package io.laneway.gateway;

import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.server.listener.Listener;
import io.laneway.gateway.server.replay.ReplayTargets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The listeners of a gateway as its own process reaches them. Safe for many threads. */
final class OwnListeners implements ReplayTargets {

    private final Supplier<List<Listener>> listeners;

    OwnListeners(Supplier<List<Listener>> listeners) {
        this.listeners = listeners;
    }

    @Override
    public URI of(@Nullable String name) {
        List<Listener> reachable = listeners.get().stream()
                .filter(listener -> !listener.config().proxyProtocol())
                .toList();
        Listener chosen = reachable.stream()
                .filter(listener -> name == null
                        ? listener.config().trust() == Trust.INTERNAL
                        : listener.name().equals(name))
                .findFirst()
                .or(() -> name == null ? reachable.stream().findFirst() : java.util.Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("listener: " + (name == null ? "none" : name)
                        + " (expected: one without proxyProtocol, of "
                        + reachable.stream().map(Listener::name).toList() + ")"));
        InetSocketAddress address = chosen.address();
        InetAddress bound = address.getAddress();
        String host = bound == null || bound.isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress().getHostAddress()
                : bound.getHostAddress();
        String scheme = chosen.config().tls() == null ? "http" : "https";
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }
}
