package io.laneway.control.event;

import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.KnownGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Says which gateways came, left, or say something else of themselves. Confined to the hub's thread; blocks. */
final class GatewayEvents implements EventSource {

    private static final int MOST = 200;

    private final GatewayRegistry gateways;
    private final Supplier<String> store;
    private final LongSupplier revision;
    private Map<String, JsonObject> known = Map.of();

    /**
     * @param store    the id of the store
     * @param revision the newest one
     */
    GatewayEvents(GatewayRegistry gateways, Supplier<String> store, LongSupplier revision) {
        this.gateways = gateways;
        this.store = store;
        this.revision = revision;
    }

    @Override
    public void begin() {
        known = new HashMap<>();
        gateways.all().forEach(gateway -> known.put(gateway.id(), said(gateway)));
    }

    /** What counts as a change: not when it was heard of last, nor how far it is behind a revision that others made. */
    private JsonObject said(KnownGateway gateway) {
        JsonObject said = gateway.json(store.get(), 0);
        said.remove("lastSeen");
        said.remove("lag");
        return said;
    }

    @Override
    public void look(Emitter out) {
        Map<String, JsonObject> before = known;
        Map<String, JsonObject> now = new HashMap<>();
        JsonArray changed = new JsonArray();
        JsonArray gone = new JsonArray();
        int count = 0;
        for (KnownGateway gateway : gateways.all()) {
            JsonObject said = said(gateway);
            now.put(gateway.id(), said);
            if (!said.equals(before.get(gateway.id())) && ++count <= MOST) {
                changed.add(gateway.json(store.get(), revision.getAsLong()));
            }
        }
        for (String id : before.keySet()) {
            if (!now.containsKey(id) && ++count <= MOST) {
                gone.add(id);
            }
        }
        known = now;
        if (count > 0) {
            boolean reload = count > MOST;
            out.emit(
                    "gateways",
                    new JsonObject()
                            .put("gateways", reload ? new JsonArray() : changed)
                            .put("gone", reload ? new JsonArray() : gone)
                            .put("reload", reload));
        }
    }
}
