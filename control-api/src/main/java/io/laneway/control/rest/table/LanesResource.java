package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.join.Joins;
import io.laneway.control.lane.LaneCleanup;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.LanePatch;
import io.laneway.control.lane.LaneRemoval;
import io.laneway.control.lane.LaneStep;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code /v1/lanes}: making, changing, renewing and dropping lanes. */
public final class LanesResource {

    private final Editor editor;
    private final TableEdits edits;
    private final LaneLife life;
    private final LaneCleanup cleanup;
    private final Joins joins;

    public LanesResource(Editor editor, TableEdits edits, LaneLife life, LaneCleanup cleanup, Joins joins) {
        this.editor = editor;
        this.edits = edits;
        this.life = life;
        this.cleanup = cleanup;
        this.joins = joins;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.whole(
                HttpMethod.GET,
                "/v1/lanes{?" + ListQuery.NAMES + ",state,parent,service,keep}",
                Role.VIEWER,
                this::list);
        routes.add(HttpMethod.GET, "/v1/lanes/{lane}", Role.VIEWER, this::get);
        routes.add(HttpMethod.PUT, "/v1/lanes/{lane}", Role.RELEASER, this::put);
        routes.add(HttpMethod.DELETE, "/v1/lanes/{lane}", Role.RELEASER, this::delete);
        routes.add(HttpMethod.POST, "/v1/lanes/{lane}/renew", Role.RELEASER, this::renewal);
        routes.add(HttpMethod.POST, "/v1/lanes/sweep{?lane}", Role.VIEWER, this::sweep);
    }

    private Future<Reply> list(Call call) {
        TableState state = editor.state();
        ListQuery query = ListQuery.of(call, 0);
        LaneFilter filter = LaneFilter.of(call, state);
        List<Lane> matching = state.published().lanes().values().stream()
                .filter(lane -> filter.takes(lane) && query.finds(lane.name(), lane.description()))
                .toList();
        ListPage<Lane> page = ListPage.of(query, matching, lane -> Slug.of(lane.name()));
        JsonArray lanes = new JsonArray();
        page.items().forEach(lane -> lanes.add(shown(state, lane)));
        JsonObject body = new JsonObject()
                .put("revision", state.revision())
                .put("base", state.objects().base())
                .put("lanes", lanes);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    private Future<Reply> get(Call call) {
        TableState state = editor.state();
        String name = call.path("lane");
        Lane lane = state.published().lane(name);
        if (lane == null) {
            throw Refusal.absent("lane " + name);
        }
        String tag = state.tag(ObjectKeys.lane(name));
        JsonObject body = shown(state, lane);
        List<JsonObject> joined = joins.of(name);
        Reply reply = Reply.json(joined.isEmpty() ? body : body.put("joins", new JsonArray(joined)));
        return Future.succeededFuture(tag == null ? reply : reply.with("etag", tag));
    }

    private JsonObject shown(TableState state, Lane lane) {
        JsonObject json = new JsonObject(Bodies.lane(lane));
        if (life.hasTtl(lane)) {
            // With a time to live, the end in the table is as of the last edit; what is read can be put back.
            json.remove("expiresAt");
        }
        life.describe(lane).forEach(json::put);
        return state.objects().lane(lane.name()) == null ? json.put("discovered", true) : json;
    }

    private Future<Reply> put(Call call) {
        String name = call.path("lane");
        call.mayChange(name);
        LanePatch patch = Body.of(call).orEmpty().read((node, problems) -> LanePatch.read(name, node, problems));
        EditCall edit = call.edit("put", "lane " + name, ObjectKeys.lane(name), now -> {
            Lane old = now.lane(name);
            if (old != null && !old.name().equals(name)) {
                throw Refusal.conflict(
                        "lane " + name + " has the slug of lane " + old.name() + " (expected: one name for one slug)");
            }
            if (now.isBase(name)) {
                throw onlyBase(name);
            }
            return now.with(List.of(new TableChange.PutLane(life.made(patch, old))));
        });
        return noting(call, edit, life.use(patch));
    }

    private static Refusal onlyBase(String name) {
        return Refusal.conflict("lane " + name + " is the base lane, which is always there");
    }

    private Future<Reply> delete(Call call) {
        String name = call.path("lane");
        call.mayChange(name);
        if (editor.state().objects().isBase(name)) {
            throw onlyBase(name);
        }
        boolean joined = !joins.of(name).isEmpty();
        EditCall edit = call.edit(
                "delete",
                "lane " + name,
                ObjectKeys.lane(name),
                now -> joined && now.lane(name) == null ? now : LaneRemoval.without(now, name));
        return edits.edit(call, edit).onSuccess(reply -> {
            if (!edit.dryRun()) {
                joins.deleted(name, call.principal().subject());
            }
        });
    }

    private Future<Reply> renewal(Call call) {
        Body.of(call).nothing();
        return renew(call);
    }

    Future<Reply> renew(Call call) {
        String name = call.path("lane");
        call.mayChange(name);
        Lane published = editor.state().published().lane(name);
        if (published == null) {
            throw Refusal.absent("lane " + name);
        }
        EditCall edit = call.edit("renew", "lane " + name, ObjectKeys.lane(name), now -> {
            Lane lane = now.lane(name);
            return lane == null ? now : now.with(List.of(new TableChange.PutLane(life.renewed(lane))));
        });
        return noting(call, edit, life.use(published.name()));
    }

    private Future<Reply> noting(Call call, EditCall edit, LaneUse use) {
        return edits.edit(call, edit.noting(List.of(use))).onSuccess(reply -> {
            if (!edit.dryRun()) {
                life.took(use);
            }
        });
    }

    /**
     * What a sweep would do now, and what the lanes that it deletes, or the one that is asked for, leave behind;
     * {@code ?dryRun=true} is all that it does here, since sweeps go by themselves.
     */
    private Future<Reply> sweep(Call call) {
        Body.of(call).nothing();
        if (call.query("dryRun") != null && !call.flag("dryRun")) {
            throw Call.malformed("dryRun", "false", "true, since sweeps go by themselves");
        }
        JsonArray steps = new JsonArray();
        Set<String> ending = new TreeSet<>();
        for (LaneStep step : life.due(editor.state())) {
            steps.add(step.json());
            if (step.to() == null) {
                ending.add(Slug.of(step.lane().name()));
            }
        }
        String lane = call.query("lane");
        if (lane != null) {
            ending.add(Slug.of(lane));
        }
        return Future.succeededFuture(Reply.json(
                new JsonObject().put("dryRun", true).put("steps", steps).put("leftovers", cleanup.plan(ending))));
    }
}
