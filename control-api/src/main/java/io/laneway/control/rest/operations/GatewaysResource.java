package io.laneway.control.rest.operations;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.GatewayReport;
import io.laneway.control.gateways.KnownGateway;
import io.laneway.control.gateways.ReportForm;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.BodyKind;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.lane.LaneSweeper;
import io.laneway.control.store.ControlStore;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Rate;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/gateways}: which gateways there are, the revision each has applied, and their reports. */
public final class GatewaysResource {

    private static final int MAX_ID = 200;

    private final GatewayRegistry registry;
    private final LaneSweeper sweeper;
    private final Editor editor;
    private final ControlStore store;
    private final Clock clock;
    private volatile FleetRates fleetRates = new FleetRates(null, List.of());

    public GatewaysResource(
            GatewayRegistry registry, LaneSweeper sweeper, Editor editor, ControlStore store, Clock clock) {
        this.registry = registry;
        this.sweeper = sweeper;
        this.editor = editor;
        this.store = store;
        this.clock = clock;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(
                HttpMethod.GET,
                "/v1/gateways{?" + ListQuery.NAMES + ",state,connected,version}",
                Role.VIEWER,
                this::list);
        routes.add(HttpMethod.POST, "/v1/gateways/{id}/report{?any*}", Role.GATEWAY, BodyKind.REPORT, this::report);
    }

    private Future<Reply> list(Call call) {
        String id = store.identity().id();
        long newest = editor.state().revision();
        ListQuery query = ListQuery.of(call, 0);
        String state = ListQuery.text(call, "state", MAX_ID);
        String version = ListQuery.text(call, "version", MAX_ID);
        Boolean connected = ListQuery.either(call, "connected");
        List<KnownGateway> matching = registry.all().stream()
                .filter(gateway -> query.finds(gateway.id(), gateway.report().address())
                        && (state.isEmpty() || state.equals(gateway.report().state()))
                        && (version.isEmpty() || version.equals(gateway.report().version()))
                        && (connected == null || gateway.connected() == connected))
                .toList();
        ListPage<KnownGateway> page = ListPage.of(query, matching, KnownGateway::id);
        JsonArray gateways = new JsonArray();
        page.items().forEach(gateway -> gateways.add(gateway.json(id, newest)));
        JsonObject body =
                new JsonObject().put("store", id).put("revision", newest).put("gateways", gateways);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    private Future<Reply> report(Call call) {
        String id = call.path("id");
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new Refusal(Refusal.Kind.MALFORMED, "gateway id: expected 1 to " + MAX_ID + " characters");
        }
        if (!call.principal().speaksFor(id)) {
            throw Denied.insufficient("gateway " + id + " (expected: one that matches "
                    + call.principal().gateways() + ")");
        }
        GatewayReport report = Body.of(call).lenient(ReportForm::read);
        GatewayReport before = registry.report(id, report, call.body().length());
        sweeper.seen(report.usedSince(before), clock.millis());
        JsonObject reply = new JsonObject()
                .put("store", store.identity().id())
                .put("revision", editor.state().revision());
        JsonObject shares = new JsonObject();
        registry.shares(id, fleetRates()).forEach(shares::put);
        return Future.succeededFuture(Reply.json(shares.isEmpty() ? reply : reply.put("shares", shares)));
    }

    /** The services with a rate that counts over the fleet; looked for once a table. */
    @SuppressWarnings("ReferenceEquality")
    private List<String> fleetRates() {
        TableState state = editor.state();
        FleetRates known = fleetRates;
        if (known.of() != state.published()) {
            known = FleetRates.in(state);
            fleetRates = known;
        }
        return known.services();
    }

    /** Services of a table with a rate that counts over the fleet. Immutable. */
    private record FleetRates(@Nullable TableObjects of, List<String> services) {

        static FleetRates in(TableState state) {
            return new FleetRates(
                    state.published(),
                    state.publishedTable().services().stream()
                            .filter(FleetRates::has)
                            .map(service -> service.id().toString())
                            .toList());
        }

        private static boolean has(Service service) {
            Rate rate = service.policy().rate();
            return rate != null && rate.scope() == Rate.Scope.FLEET;
        }
    }
}
