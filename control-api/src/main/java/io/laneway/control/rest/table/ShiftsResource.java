package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.shift.ShiftPatch;
import io.laneway.control.shift.TenantSwitch;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.control.table.TableState.Mark;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.ShiftPreview;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1/shifts}: setting shares, previewing a change, switching all at once, and undoing the last change. */
public final class ShiftsResource {

    private static final int MAX_NAME = 500;
    private static final int MAX_TENANTS = 100_000;

    private final Editor editor;
    private final TableEdits edits;
    private final TableHistory history;
    private final GatewayRegistry gateways;

    public ShiftsResource(Editor editor, TableEdits edits, TableHistory history, GatewayRegistry gateways) {
        this.editor = editor;
        this.edits = edits;
        this.history = history;
        this.gateways = gateways;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/shifts{?" + ListQuery.NAMES + ",lane,enabled}", Role.VIEWER, this::list);
        routes.add(HttpMethod.GET, "/v1/shifts/{shift}", Role.VIEWER, this::get);
        routes.add(HttpMethod.PUT, "/v1/shifts/{shift}", Role.RELEASER, this::put);
        routes.add(HttpMethod.DELETE, "/v1/shifts/{shift}", Role.RELEASER, this::delete);
        routes.add(HttpMethod.POST, "/v1/shifts/{shift}/preview", Role.VIEWER, this::preview);
        routes.add(HttpMethod.POST, "/v1/shifts/{shift}/switch", Role.RELEASER, this::switchAll);
        routes.whole(HttpMethod.POST, "/v1/shifts/{shift}/revert", Role.RELEASER, this::revert);
    }

    private Future<Reply> list(Call call) {
        TableState state = editor.state();
        ListQuery query = ListQuery.of(call, 0);
        String lane = Slug.of(ListQuery.text(call, "lane", MAX_NAME));
        Boolean enabled = ListQuery.either(call, "enabled");
        List<Shift> matching = state.objects().shifts().values().stream()
                .filter(shift -> query.finds(shift.name())
                        && (lane.isEmpty() || has(shift, lane))
                        && (enabled == null || shift.enabled() == enabled))
                .toList();
        ListPage<Shift> page = ListPage.of(query, matching, shift -> Slug.of(shift.name()));
        JsonArray shifts = new JsonArray();
        page.items().forEach(shift -> shifts.add(new JsonObject(Bodies.shift(shift))));
        JsonObject body = new JsonObject().put("revision", state.edited()).put("shifts", shifts);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    private static boolean has(Shift shift, String lane) {
        return shift.environments().stream()
                .anyMatch(environment -> Slug.of(environment.lane()).equals(lane));
    }

    private Future<Reply> get(Call call) {
        TableState state = editor.state();
        String name = call.path("shift");
        Shift shift = present(state.objects(), name);
        return Future.succeededFuture(
                Reply.json(Bodies.shift(shift)).with("etag", String.valueOf(state.tag(ObjectKeys.shift(name)))));
    }

    private Future<Reply> put(Call call) {
        String name = call.path("shift");
        ShiftPatch patch = Body.of(call).read((node, problems) -> ShiftPatch.read(name, node, problems));
        return edits.edit(call, "put", "shift " + name, ObjectKeys.shift(name), now -> {
            Shift old = named(now, name);
            Shift next = patch.applyTo(old);
            mayChange(call, old, next);
            return now.with(List.of(new TableChange.PutShift(next)));
        });
    }

    /** The shift of this name; one whose name differs and whose slug does not is a conflict. */
    private static @Nullable Shift named(TableObjects now, String name) {
        Shift old = now.shift(name);
        if (old != null && !old.name().equals(name)) {
            throw Refusal.conflict("shift " + name + " has the slug of shift " + old.name());
        }
        return old;
    }

    /** Whether there is a shift, whose it is and whether it is enabled concerns all tenants, not some lanes alone. */
    private static void mayChange(Call call, @Nullable Shift old, @Nullable Shift next) {
        mayChange(call, old);
        mayChange(call, next);
        if (old == null
                || next == null
                || old.enabled() != next.enabled()
                || !old.tenant().equals(next.tenant())) {
            call.mayChangeAll();
        }
    }

    private static void mayChange(Call call, @Nullable Shift shift) {
        if (shift != null) {
            shift.environments().forEach(environment -> call.mayChange(environment.lane()));
        }
    }

    private Future<Reply> delete(Call call) {
        String name = call.path("shift");
        call.mayChangeAll();
        return edits.edit(call, "delete", "shift " + name, ObjectKeys.shift(name), now -> {
            Shift shift = present(now, name);
            return now.with(List.of(new TableChange.RemoveShift(shift.name())));
        });
    }

    private Future<Reply> preview(Call call) {
        String name = call.path("shift");
        TableState state = editor.state();
        Question question = Body.of(call).read((node, problems) -> Question.read(name, node, problems));
        Set<String> tenants = new LinkedHashSet<>(question.tenants());
        tenants.addAll(gateways.tenants(name));
        Shift old = state.objects().shift(name);
        Shift next = question.patch().applyTo(old);
        ShiftPreview preview = ShiftPreview.of(old, next, state.objects().base(), List.copyOf(tenants));
        return Future.succeededFuture(Reply.json(json(preview, next).put("revision", state.edited())));
    }

    /** What a preview is asked: a patch, and which of these tenants would move. Immutable. */
    private record Question(ShiftPatch patch, List<String> tenants) {

        static @Nullable Question read(String shift, Node node, Problems problems) {
            Node list = node instanceof Mapping mapping ? mapping.members().get("tenants") : null;
            List<String> tenants = list == null ? List.of() : Values.list(list, Values::scalar, problems);
            if (list != null && tenants != null && tenants.size() > MAX_TENANTS) {
                problems.add(list, tenants.size() + " tenants", "at most " + MAX_TENANTS);
            }
            Node rest = node instanceof Mapping mapping ? mapping.without("tenants") : node;
            ShiftPatch patch = ShiftPatch.read(shift, rest, problems);
            return patch == null || tenants == null ? null : new Question(patch, tenants);
        }
    }

    private static JsonObject json(ShiftPreview preview, Shift next) {
        int slots =
                preview.slots().stream().mapToInt(ShiftPreview.SlotMove::slots).sum();
        JsonArray tenants = new JsonArray();
        preview.tenants()
                .forEach(move -> tenants.add(new JsonObject()
                        .put("tenant", move.tenant())
                        .put("from", move.from())
                        .put("to", move.to())
                        .put("moves", move.moves())));
        long moving = preview.tenants().stream()
                .filter(ShiftPreview.TenantMove::moves)
                .count();
        return new JsonObject()
                .put("slots", slots)
                .put("moves", moves(preview.slots()))
                .put("requests", moves(preview.requests()))
                .put("moving", moving)
                .put("tenants", tenants)
                .put("shift", new JsonObject(Bodies.shift(next)));
    }

    private Future<Reply> switchAll(Call call) {
        String name = call.path("shift");
        TenantSwitch wanted = Body.of(call).read(TenantSwitch::read);
        return edits.edit(call, "switch", "shift " + name, ObjectKeys.shift(name), now -> {
            Shift old = present(now, name);
            Shift next = wanted.applyTo(old, now.base());
            mayChange(call, old, next);
            return now.with(List.of(new TableChange.PutShift(next)));
        });
    }

    private static JsonArray moves(List<ShiftPreview.SlotMove> slots) {
        JsonArray moves = new JsonArray();
        slots.forEach(move -> moves.add(new JsonObject()
                .put("from", move.from())
                .put("to", move.to())
                .put("slots", move.slots())
                .put("share", move.share().toString())));
        return moves;
    }

    private Future<Reply> revert(Call call) {
        Body.of(call).nothing();
        String name = call.path("shift");
        ObjectKey key = ObjectKeys.shift(name);
        return edits.edit(call, "revert", "shift " + name, key, now -> {
            Shift before = before(name, key);
            Shift shift = now.shift(name);
            mayChange(call, shift, before);
            return before == null
                    ? now.with(List.of(new TableChange.RemoveShift(shift == null ? name : shift.name())))
                    : now.with(List.of(new TableChange.PutShift(before)));
        });
    }

    /** The shift before its last change, null if that made it. */
    private @Nullable Shift before(String name, ObjectKey key) {
        Mark mark = editor.state().marks().get(key);
        if (mark == null) {
            throw Refusal.absent("shift " + name);
        }
        HistoryRow last = history.at(mark.revision());
        if (last.action().equals("revert")) {
            throw Refusal.conflict("the last change of shift " + name + ", revision " + mark.revision()
                    + ", was a revert (expected: a change since)");
        }
        return history.tableAt(mark.revision())
                .with(Bodies.readChanges(last.undo()))
                .shift(name);
    }

    private static Shift present(TableObjects now, String name) {
        Shift shift = now.shift(name);
        if (shift == null) {
            throw Refusal.absent("shift " + name);
        }
        return shift;
    }
}
