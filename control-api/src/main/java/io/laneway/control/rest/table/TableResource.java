package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.BodyKind;
import io.laneway.control.http.message.Reply;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.LanePatch;
import io.laneway.control.lane.LaneTtls;
import io.laneway.control.shift.KeptSlots;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.control.watch.WatchHub;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/table}, {@code /v1/apply} and {@code /v1/store}: the whole, and several objects at once. */
public final class TableResource {

    private final Editor editor;
    private final TableEdits edits;
    private final LaneLife life;
    private final ControlStore store;
    private final WatchHub hub;

    public TableResource(Editor editor, TableEdits edits, LaneLife life, ControlStore store, WatchHub hub) {
        this.editor = editor;
        this.edits = edits;
        this.life = life;
        this.store = store;
        this.hub = hub;
    }

    /** A table, and how long those of its lanes live that say so. Immutable. */
    private record Whole(LaneTtls ttls, LaneTable table) {
        static @Nullable Whole read(Node node, Problems problems) {
            LaneTtls ttls = LaneTtls.of(node, problems);
            LaneTable table = TableReader.table(ttls.rest(), problems);
            return table == null ? null : new Whole(ttls, table);
        }
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.whole(HttpMethod.GET, "/v1/table{?view}", Role.VIEWER, this::get);
        routes.add(HttpMethod.PUT, "/v1/table", Role.ADMIN, BodyKind.TABLE, this::put);
        routes.add(HttpMethod.POST, "/v1/apply", Role.RELEASER, BodyKind.TABLE, this::apply);
        routes.add(HttpMethod.GET, "/v1/store", Role.VIEWER, call -> Future.succeededFuture(Reply.json(identity())));
        routes.add(HttpMethod.POST, "/v1/store/accept", Role.ADMIN, this::accept);
    }

    /** The table as edited, or with {@code ?view=published} as the watch sends it. */
    private Future<Reply> get(Call call) {
        TableState state = editor.state();
        String view = call.query("view");
        if (view == null || view.equals("edited")) {
            return Future.succeededFuture(
                    Reply.json(Bodies.table(state.table())).with("etag", state.tag()));
        }
        if (view.equals("published")) {
            return Future.succeededFuture(table(state.publishedTable()));
        }
        throw Call.malformed("view", view, "edited or published");
    }

    /** The document form leaves out a revision of 0; clients of the API always get one. */
    private static Reply table(LaneTable table) {
        String json = Bodies.table(table);
        return table.revision() == 0 ? Reply.json(new JsonObject(json).put("revision", 0)) : Reply.json(json);
    }

    private Future<Reply> put(Call call) {
        call.mayChangeAll();
        Whole whole = Body.of(call).read(Whole::read);
        EditCall edit = call.edit("put", "table", null, now -> {
            TableObjects wanted = KeptSlots.kept(now, TableObjects.of(whole.table()));
            return whole.ttls().applyTo(now, wanted, life);
        });
        return begin(
                call,
                edit,
                whole.ttls().begun(editor.state().objects(), whole.table().lanes()));
    }

    private Future<Reply> apply(Call call) {
        Bundle bundle = Body.of(call).read(Bundle::read);
        bundle.authorize(call);
        EditCall edit = call.edit("apply", bundle.subject(), null, now -> bundle.applyTo(now, life));
        return begin(
                call,
                edit,
                bundle.ttls().begun(editor.state().objects(), bundle.table().lanes()));
    }

    /** Does an edit with which the lives of lanes begin. */
    private Future<Reply> begin(Call call, EditCall edit, List<LanePatch> lanes) {
        List<LaneUse> uses = lanes.stream().map(life::use).toList();
        return edits.edit(call, edit.noting(uses)).onSuccess(reply -> {
            if (!edit.dryRun()) {
                uses.forEach(life::took);
            }
        });
    }

    private Future<Reply> accept(Call call) {
        String old = Body.of(call).orEmpty().read(TableResource::replaced);
        if (editor.state().revision() == 0) {
            throw Refusal.conflict("this store never held a table (expected: a first revision before it is followed)");
        }
        if (call.flag("dryRun")) {
            return Future.succeededFuture(Reply.json(identity()));
        }
        if (old.isEmpty()) {
            store.accept();
        } else {
            store.accept(old);
        }
        return Future.fromCompletionStage(editor.reload()).map(revision -> Reply.json(identity()));
    }

    private static @Nullable String replaced(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String replaces = fields.text("replaces", "");
        if (replaces.contains(" ")) {
            fields.problem("replaces", replaces, "the id of one store");
        }
        return fields.build(() -> replaces);
    }

    private JsonObject identity() {
        Identity identity = store.identity();
        return new JsonObject()
                .put("store", identity.id())
                .put("replaces", new JsonArray(identity.replaces()))
                .put("revision", editor.state().revision())
                .put("edited", editor.state().edited())
                .put("watchers", hub.size());
    }
}
