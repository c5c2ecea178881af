package io.laneway.control.event;

import io.laneway.control.auth.Grants;
import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.table.TableState;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code GET /v1/events}: what changes, as server-sent events. They name no tenants, so viewers and releasers get the
 * same ones.
 */
public final class EventsResource {

    private final EventHub hub;
    private final Grants grants;
    private final Supplier<TableState> state;
    private final Supplier<String> store;

    /** @param store the id of the store */
    public EventsResource(EventHub hub, Grants grants, Supplier<TableState> state, Supplier<String> store) {
        this.hub = hub;
        this.grants = grants;
        this.state = state;
        this.store = store;
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        routes.stream("/v1/events", Set.of(Role.VIEWER), this::events);
    }

    private void events(Call call) {
        Context context = call.context().vertx().getOrCreateContext();
        EventReader reader = new EventReader(
                hub.feed(),
                context,
                call.context().response(),
                call.context().request().getHeader("last-event-id"),
                this::greeting);
        hub.admit();
        Runnable gone = grants.begin(call.principal(), reader::end);
        reader.open(() -> {
            hub.leave(reader);
            gone.run();
        });
        hub.join(reader);
    }

    private JsonObject greeting() {
        TableState now = state.get();
        return new JsonObject()
                .put("store", store.get())
                .put("revision", now.revision())
                .put("edited", now.edited());
    }
}
