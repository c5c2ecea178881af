package io.laneway.control.rest.operations;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Grants;
import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.BodyReader;
import io.laneway.control.store.ControlStore;
import io.laneway.control.watch.WatchClient;
import io.laneway.control.watch.WatchHub;
import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.part.Interest;
import io.laneway.router.source.TableRefused;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/table/watch?from=R&store=S&gateway=ID}: server-sent events. {@code POST} takes the hosts and lanes that the
 * client is interested in, and sends that part of the table. {@code store} and {@code gateway} are
 * optional: the store that the client follows, and who it is for {@code wait=applied}.
 */
public final class WatchResource {

    private final WatchHub hub;
    private final GatewayRegistry gateways;
    private final ControlStore store;
    private final Editor editor;
    private final Grants grants;

    public WatchResource(WatchHub hub, GatewayRegistry gateways, ControlStore store, Editor editor, Grants grants) {
        this.hub = hub;
        this.gateways = gateways;
        this.store = store;
        this.editor = editor;
        this.grants = grants;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        // A newer gateway may say more of itself.
        routes.stream("/v1/table/watch{?from,store,gateway,any*}", Set.of(Role.VIEWER, Role.GATEWAY), this::watch);
        routes.streamOf(
                "/v1/table/watch{?store,gateway,any*}",
                Set.of(Role.VIEWER, Role.GATEWAY),
                call -> watch(call, 0, interest(call)));
    }

    private void watch(Call call) {
        String last = call.context().request().getHeader("last-event-id");
        long from =
                call.query("from") == null && last != null ? number(last) : call.number("from", 0, 0, Long.MAX_VALUE);
        watch(call, from, null);
    }

    private static Interest interest(Call call) {
        Problems problems = Problems.lenient();
        Node node = Documents.parseJson(call.body().getBytes(), problems);
        BodyReader.release(call.context());
        if (node == null || !problems.isEmpty()) {
            throw new TableRefused(problems.list());
        }
        Fields fields = Fields.of(node, problems);
        List<String> hosts = fields.texts("hosts");
        List<String> lanes = fields.texts("lanes");
        Interest interest = fields.build(() -> Interest.of(hosts, lanes));
        if (interest == null || !problems.isEmpty()) {
            throw new TableRefused(problems.list());
        }
        return interest;
    }

    private void watch(Call call, long from, @Nullable Interest interest) {
        Principal who = call.principal();
        String gateway = named(call);
        HttpServerResponse response = call.context().response();
        response.putHeader("content-type", "text/event-stream")
                .putHeader("cache-control", "no-store")
                .putHeader("x-laneway-store", store.identity().id());
        WatchClient client = new WatchClient(call.query("store"), from, gateway != null, interest);
        Context context = call.context().vertx().getOrCreateContext();
        if (!hub.ahead(from)) {
            hub.start(context, response, client, end -> arrived(who, gateway, end));
            return;
        }
        // Another replica sent this client a revision that is not known here yet: read it first, else the store would
        // seem to have fallen.
        Future.fromCompletionStage(editor.catchUp(), context)
                .onComplete(done -> hub.start(context, response, client, end -> arrived(who, gateway, end)));
    }

    /**
     * The gateway that a watch is for. Others than gateways may name one and are none: a gateway that watches is waited
     * for by {@code wait=applied}.
     */
    private static @Nullable String named(Call call) {
        String gateway = call.query("gateway");
        Principal who = call.principal();
        if (!who.covers(Role.GATEWAY)) {
            return null;
        }
        if (!who.open() && !who.speaksFor(gateway == null ? "" : gateway)) {
            throw Denied.insufficient("gateway " + gateway + " (expected: one that matches " + who.gateways() + ")");
        }
        return gateway == null || gateway.isBlank() ? null : gateway;
    }

    /** Notes a watch that began, and who may end it; returns what is to be run when it has ended. */
    private Runnable arrived(Principal who, @Nullable String gateway, Runnable end) {
        Runnable gone = grants.begin(who, end);
        if (gateway == null) {
            return gone;
        }
        gateways.watches(gateway);
        return () -> {
            gateways.leaves(gateway);
            gone.run();
        };
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
