package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditResult;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.link.KeptKeys;
import io.laneway.control.link.LinkSecrets;
import io.laneway.control.link.LinkWish;
import io.laneway.control.store.HistoryRows;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.link.LinkAddress;
import io.laneway.router.link.LinkKey;
import io.laneway.router.link.LinkSigner;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code /v1/lanes/{lane}/links} and {@code /v1/links}: signed links into lanes, made and revoked. */
public final class LinksResource {

    private final Editor editor;
    private final TableEdits edits;
    private final LinkSecrets secrets;
    private final HistoryRows history;
    private final Clock clock;

    public LinksResource(Editor editor, TableEdits edits, LinkSecrets secrets, HistoryRows history, Clock clock) {
        this.editor = editor;
        this.edits = edits;
        this.secrets = secrets;
        this.history = history;
        this.clock = clock;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.POST, "/v1/lanes/{lane}/links", Role.RELEASER, this::make);
        routes.add(HttpMethod.DELETE, "/v1/lanes/{lane}/links", Role.RELEASER, this::revoke);
        routes.add(HttpMethod.DELETE, "/v1/links", Role.RELEASER, this::revokeAll);
    }

    private Future<Reply> make(Call call) {
        String name = call.path("lane");
        call.mayChange(name);
        LinkWish wish = Body.of(call).orEmpty().read(LinkWish::read);
        TableState state = editor.state();
        Lane lane = linkable(state, name);
        LinkSigner known = signer(lane);
        if (known != null && !call.flag("dryRun")) {
            JsonObject made = made(call, lane, known, wish);
            return edits.respond(call, EditResult.unchanged(state), false, made, null);
        }
        LinkSigner fresh = LinkSigner.fresh();
        EditCall edit = edit(call, KeptKeys.LINK, lane.name(), state, now -> linked(now, lane, fresh.key()));
        if (call.flag("dryRun")) {
            return edits.edit(call, edit);
        }
        secrets.add(fresh);
        return Future.fromCompletionStage(editor.submit(edit)).compose(result -> {
            Lane after = linkable(result.after(), name);
            LinkSigner signer = signer(after);
            if (!fresh.key().equals(after.linkKey())) {
                secrets.forget(fresh.key());
            }
            if (signer == null) {
                throw Refusal.conflict("the links of lane " + name + " were revoked meanwhile");
            }
            return edits.respond(call, result, false, made(call, after, signer, wish), null);
        });
    }

    private TableObjects linked(TableObjects now, Lane published, LinkKey key) {
        Lane lane = now.lane(published.name());
        Lane old = lane == null ? published : lane;
        return signer(old) != null ? now : now.with(List.of(new TableChange.PutLane(old.linkedBy(key))));
    }

    private @Nullable LinkSigner signer(Lane lane) {
        LinkKey key = lane.linkKey();
        return key == null ? null : secrets.find(key).orElse(null);
    }

    private static Lane linkable(TableState state, String name) {
        if (state.objects().isBase(name)) {
            throw Refusal.conflict(
                    "lane " + name + " is the base lane (expected: another one; its requests need no link)");
        }
        Lane lane = state.published().lane(name);
        if (lane == null) {
            throw Refusal.absent("lane " + name);
        }
        if (lane.state() == LaneState.EXPIRED) {
            throw Refusal.conflict("lane " + name + " has expired (expected: renewed first)");
        }
        return lane;
    }

    private JsonObject made(Call call, Lane lane, LinkSigner signer, LinkWish wish) {
        Instant end = clock.instant().plus(wish.ttl()).truncatedTo(ChronoUnit.SECONDS);
        String key = signer.link(lane.name(), end);
        List<String> parameters = editor.state().objects().carriers().query();
        JsonObject made = new JsonObject()
                .put("lane", lane.name())
                .put("expires", end.toString())
                .put("key", key);
        if (!parameters.isEmpty()) {
            String query = LinkAddress.query(parameters.get(0), lane.name(), key);
            made.put("query", query);
            if (wish.address() != null) {
                made.put("link", wish.address().with(query));
            }
        }
        note(
                call.author(),
                lane.name(),
                "until " + end + ", key " + signer.key().id());
        return made;
    }

    private void note(Author by, String lane, String detail) {
        history.note(new AuditRow(
                0, clock.millis(), by.who(), by.origin(), by.why(), KeptKeys.LINK, "lane " + lane, detail));
    }

    private Future<Reply> revoke(Call call) {
        Body.of(call).nothing();
        String name = call.path("lane");
        call.mayChange(name);
        TableState state = editor.state();
        if (state.published().lane(name) == null) {
            throw Refusal.absent("lane " + name);
        }
        EditCall edit = edit(call, KeptKeys.UNLINK, name, state, now -> unlinked(now, List.of(name)));
        return edits.edit(call, edit).onSuccess(reply -> forget(call, state, List.of(name)));
    }

    /** One edit for each owner of lanes, since an edit is of one. */
    private Future<Reply> revokeAll(Call call) {
        Body.of(call).nothing();
        call.mayChangeAll();
        TableState state = editor.state();
        Map<String, List<String>> byOwner = new TreeMap<>(Map.of("", List.of()));
        state.objects().lanes().values().stream()
                .filter(lane -> lane.linkKey() != null)
                .forEach(lane -> byOwner.merge(
                        owner(state, ObjectKeys.lane(lane.name())), List.of(lane.name()), LinksResource::both));
        Future<Reply> all = Future.succeededFuture();
        for (Map.Entry<String, List<String>> each : byOwner.entrySet()) {
            List<String> lanes = each.getValue();
            EditCall edit = owned(
                    call.edit(KeptKeys.UNLINK, "links of all lanes", null, now -> unlinked(now, lanes)), each.getKey());
            all = all.compose(before -> edits.edit(call, edit)).onSuccess(reply -> forget(call, state, lanes));
        }
        return all;
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }

    private static TableObjects unlinked(TableObjects now, List<String> names) {
        List<TableChange> changes = new ArrayList<>();
        for (String name : names) {
            Lane lane = now.lane(name);
            if (lane != null && lane.linkKey() != null) {
                changes.add(new TableChange.PutLane(lane.linkedBy(null)));
            }
        }
        return changes.isEmpty() ? now : now.with(changes);
    }

    private void forget(Call call, TableState before, List<String> names) {
        for (String name : names) {
            Lane lane = before.objects().lane(name);
            if (!call.flag("dryRun") && lane != null && lane.linkKey() != null) {
                secrets.forget(lane.linkKey());
            }
        }
    }

    private static EditCall edit(
            Call call, String action, String lane, TableState state, UnaryOperator<TableObjects> edit) {
        ObjectKey key = ObjectKeys.lane(lane);
        return owned(call.edit(action, "lane " + lane, key, edit), owner(state, key));
    }

    private static String owner(TableState state, ObjectKey key) {
        TableState.Mark mark = state.marks().get(key);
        return mark == null ? "" : mark.owner();
    }

    /** A lane stays its owner's: links are no part of what that says of it. */
    private static EditCall owned(EditCall call, String owner) {
        return new EditCall(
                call.author(),
                owner,
                call.action(),
                call.subject(),
                call.key(),
                call.ifMatch(),
                call.dryRun(),
                call.once(),
                call.edit(),
                call.uses(),
                call.plan());
    }
}
