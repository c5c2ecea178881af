package io.laneway.control.rest;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.store.ControlStore;
import io.laneway.control.watch.WatchHub;
import io.laneway.control.watch.Watcher;
import io.vertx.core.Context;
import io.vertx.core.Future;
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
    private final Editor editor;

    Watches(Backend backend) {
        this.hub = backend.hub();
        this.gateways = backend.gateways();
        this.store = backend.store();
        this.editor = backend.editor();
    }

    void mount(Routes routes) {
        // A newer gateway may say more of itself.
        routes.stream("/v1/table/watch{?from,store,gateway,any*}", Role.VIEWER, this::watch);
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
        String follows = call.query("store");
        Context context = call.context().vertx().getOrCreateContext();
        if (!hub.ahead(from)) {
            Watcher.start(hub, context, response, follows, from, arrived(gateway));
            return;
        }
        // Another replica told this client of a revision that we have not heard of yet: hear of it first, else it would
        // seem to have fallen.
        Future.fromCompletionStage(editor.catchUp(), context)
                .onComplete(done -> Watcher.start(hub, context, response, follows, from, arrived(gateway)));
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
