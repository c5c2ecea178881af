package io.laneway.control.rest;

import io.laneway.control.auth.Role;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.store.ControlStore;
import io.laneway.control.watch.WatchHub;
import io.laneway.control.watch.Watcher;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/table/watch?from=R&store=S&gateway=ID}: server-sent events. {@code store} and {@code gateway} are
 * optional: the store that the client follows, and who it is for {@code wait=applied}.
 */
final class Watches {

    private final WatchHub hub;
    private final GatewayRegistry gateways;
    private final ControlStore store;

    Watches(WatchHub hub, GatewayRegistry gateways, ControlStore store) {
        this.hub = hub;
        this.gateways = gateways;
        this.store = store;
    }

    void mount(Routes routes) {
        routes.stream("/v1/table/watch", Role.VIEWER, this::watch);
    }

    private void watch(Call call) {
        String last = call.context().request().getHeader("last-event-id");
        long from =
                call.query("from") == null && last != null ? number(last) : call.number("from", 0, 0, Long.MAX_VALUE);
        String gateway = call.query("gateway");
        HttpServerResponse response = call.context().response();
        response.putHeader("content-type", "text/event-stream")
                .putHeader("cache-control", "no-store")
                .putHeader("x-laneway-store", store.identity().id());
        Runnable left = arrived(gateway);
        Watcher.start(hub, call.context().vertx().getOrCreateContext(), response, call.query("store"), from, left);
    }

    private Runnable arrived(@Nullable String gateway) {
        if (gateway == null || gateway.isBlank()) {
            return () -> {};
        }
        gateways.watches(gateway);
        return () -> gateways.leaves(gateway);
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
