package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.JoinOverlay;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /v1/services} and the deployments of a service. */
public final class ServicesResource {

    private static final int MAX_NAME = 500;

    private final Editor editor;
    private final TableEdits edits;

    public ServicesResource(Editor editor, TableEdits edits) {
        this.editor = editor;
        this.edits = edits;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.whole(
                HttpMethod.GET, "/v1/services{?" + ListQuery.NAMES + ",lane,namespace,shift}", Role.VIEWER, this::list);
        routes.add(HttpMethod.GET, "/v1/services/{service}", Role.VIEWER, this::get);
        routes.add(HttpMethod.PUT, "/v1/services/{service}", Role.ADMIN, this::put);
        routes.add(HttpMethod.DELETE, "/v1/services/{service}", Role.ADMIN, this::delete);
        routes.add(HttpMethod.GET, "/v1/services/{service}/deployments/{lane}", Role.VIEWER, this::deployed);
        routes.add(HttpMethod.PUT, "/v1/services/{service}/deployments/{lane}", Role.RELEASER, this::deploy);
        routes.add(HttpMethod.DELETE, "/v1/services/{service}/deployments/{lane}", Role.RELEASER, this::undeploy);
    }

    private Future<Reply> list(Call call) {
        TableState state = editor.state();
        ListQuery query = ListQuery.of(call, 0);
        String lane = Slug.of(ListQuery.text(call, "lane", MAX_NAME));
        String namespace = ListQuery.text(call, "namespace", MAX_NAME);
        String shift = ListQuery.text(call, "shift", MAX_NAME);
        List<Service> matching = state.published().services().values().stream()
                .filter(service -> query.finds(service.id().toString(), String.join(" ", service.hosts()))
                        && (lane.isEmpty() || serves(service, lane))
                        && (namespace.isEmpty() || namespace.equals(service.id().namespace()))
                        && (shift.isEmpty() || shift.equals(service.shift())))
                .toList();
        ListPage<Service> page =
                ListPage.of(query, matching, service -> service.id().toString());
        JsonArray services = new JsonArray();
        page.items().forEach(service -> services.add(shown(state, service)));
        JsonObject body = new JsonObject().put("revision", state.revision()).put("services", services);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    private static boolean serves(Service service, String lane) {
        return service.deployments().stream()
                .anyMatch(deployment -> Slug.of(deployment.lane()).equals(lane));
    }

    private Future<Reply> get(Call call) {
        TableState state = editor.state();
        Service service = published(state, call);
        return Future.succeededFuture(tagged(state, service, shown(state, service)));
    }

    /** What a service has in a lane, under the ETag of the service, to which its deployments belong. */
    private Future<Reply> deployed(Call call) {
        TableState state = editor.state();
        Service service = published(state, call);
        Deployment deployment = present(service, call.path("lane"));
        return Future.succeededFuture(tagged(state, service, new JsonObject(Bodies.deployment(deployment))));
    }

    private static Service published(TableState state, Call call) {
        ServiceId id = named(call);
        Service service = state.publishedService(id);
        if (service == null) {
            throw Refusal.absent("service " + id);
        }
        return service;
    }

    private static Reply tagged(TableState state, Service service, JsonObject body) {
        String tag = state.tag(ObjectKeys.service(state.editedName(service.id())));
        Reply reply = Reply.json(body);
        return tag == null ? reply : reply.with("etag", tag);
    }

    private static JsonObject shown(TableState state, Service service) {
        JsonObject json = new JsonObject(Bodies.service(service));
        return state.objects().service(state.editedName(service.id())) == null ? json.put("discovered", true) : json;
    }

    private Future<Reply> put(Call call) {
        ServiceId id = id(call);
        Node body = Body.of(call).node();
        boolean keepsDeployments =
                body instanceof Mapping mapping && !mapping.members().containsKey("deployments");
        Service patch = Body.of(call).read((node, problems) -> TableReader.service(node, named(call), problems));
        return edits.edit(call, "put", "service " + id, ObjectKeys.service(id), now -> {
            Service old = now.service(id);
            List<Deployment> deployments = keepsDeployments && old != null ? old.deployments() : patch.deployments();
            Service service = new Service(id, patch.hosts(), patch.shift(), deployments, patch.policy());
            return now.with(List.of(new TableChange.PutService(JoinOverlay.wanted(service, old))));
        });
    }

    private Future<Reply> delete(Call call) {
        ServiceId id = id(call);
        return edits.edit(call, "delete", "service " + id, ObjectKeys.service(id), now -> without(now, id));
    }

    static TableObjects without(TableObjects now, ServiceId id) {
        present(now, id);
        now.routes().stream()
                .filter(route -> route.services().contains(id))
                .findFirst()
                .ifPresent(route -> {
                    throw Refusal.conflict("service " + id + " has a route: " + route.hosts() + " " + route.path());
                });
        return now.with(List.of(new TableChange.RemoveService(id)));
    }

    private Future<Reply> deploy(Call call) {
        ServiceId id = id(call);
        String lane = call.path("lane");
        call.mayChange(lane);
        Deployment patch = Body.of(call).read((node, problems) -> TableReader.deployment(node, lane, problems));
        if (JoinOverlay.isJoin(patch)) {
            throw new Refusal(
                    Refusal.Kind.UNSOUND,
                    "endpoints: the address of a join (expected: an address that the deployment has while nothing is"
                            + " joined)");
        }
        ObjectKey key = ObjectKeys.service(id);
        return edits.edit(call, "deploy", "deployment " + id + "/" + lane, key, now -> {
            present(now, id);
            Deployment named = new Deployment(laneName(now, lane), patch.ports(), patch.tls());
            return now.with(List.of(new TableChange.PutDeployment(id, named)));
        });
    }

    /** The lane as the table writes it. */
    private static String laneName(TableObjects now, String lane) {
        Lane known = now.lane(lane);
        return known != null ? known.name() : now.isBase(lane) ? now.base() : lane;
    }

    private Future<Reply> undeploy(Call call) {
        ServiceId id = id(call);
        String lane = call.path("lane");
        call.mayChange(lane);
        ObjectKey key = ObjectKeys.service(id);
        return edits.edit(call, "undeploy", "deployment " + id + "/" + lane, key, now -> {
            Deployment old = present(present(now, id), lane);
            return now.with(List.of(new TableChange.RemoveDeployment(id, old.lane())));
        });
    }

    private static Service present(TableObjects now, ServiceId id) {
        Service service = now.service(id);
        if (service == null) {
            throw Refusal.absent("service " + id);
        }
        return service;
    }

    private static Deployment present(Service service, String lane) {
        Deployment deployment = JoinOverlay.deployment(service, lane);
        if (deployment == null) {
            throw Refusal.absent("deployment of " + service.id() + " in lane " + lane);
        }
        return deployment;
    }

    /** The service that a call edits, under the name with which it was put. */
    private ServiceId id(Call call) {
        return editor.state().editedName(named(call));
    }

    private static ServiceId named(Call call) {
        try {
            return ServiceId.parse(call.path("service"));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.MALFORMED, "service: expected a name, or name.namespace");
        }
    }
}
