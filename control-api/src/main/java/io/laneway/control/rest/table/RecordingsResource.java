package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.RecordingCounts;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.recording.RecordingState;
import io.laneway.control.recording.RecordingWish;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/recordings}: starting, changing and stopping recordings. */
public final class RecordingsResource {

    private final Editor editor;
    private final TableEdits edits;
    private final GatewayRegistry gateways;
    private final Clock clock;

    public RecordingsResource(Editor editor, TableEdits edits, GatewayRegistry gateways, Clock clock) {
        this.editor = editor;
        this.edits = edits;
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/recordings{?" + ListQuery.NAMES + ",state}", Role.VIEWER, this::list);
        routes.add(HttpMethod.GET, "/v1/recordings/{recording}", Role.VIEWER, this::get);
        routes.add(HttpMethod.PUT, "/v1/recordings/{recording}", Role.RELEASER, this::put);
        routes.add(HttpMethod.DELETE, "/v1/recordings/{recording}", Role.RELEASER, this::delete);
    }

    private Future<Reply> list(Call call) {
        TableState state = editor.state();
        ListQuery query = ListQuery.of(call, 0);
        RecordingState wanted = ListQuery.word(call, "state", RecordingState.values(), RecordingState::word);
        Instant now = clock.instant();
        List<Recording> matching = state.objects().recordings().values().stream()
                .filter(recording -> query.finds(
                                recording.name(),
                                recording.service() == null
                                        ? null
                                        : recording.service().toString(),
                                recording.lane(),
                                recording.path())
                        && (wanted == null || RecordingState.of(recording, now) == wanted))
                .toList();
        ListPage<Recording> page = ListPage.of(query, matching, recording -> Slug.of(recording.name()));
        JsonArray recordings = new JsonArray();
        page.items().forEach(recording -> recordings.add(shown(recording, now, gateways.recorded(recording.name()))));
        JsonObject body = new JsonObject().put("revision", state.edited()).put("recordings", recordings);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    private static JsonObject shown(Recording recording, Instant now, Map<String, RecordingCounts> counts) {
        JsonObject all = counts.values().stream()
                .reduce(RecordingCounts.none(recording.name()), RecordingCounts::plus)
                .counts();
        return new JsonObject(Bodies.recording(recording))
                .put("state", RecordingState.of(recording, now).word())
                .put("counts", all);
    }

    private Future<Reply> get(Call call) {
        TableState state = editor.state();
        String name = call.path("recording");
        Recording recording = present(state.objects(), name);
        Map<String, RecordingCounts> counts = gateways.recorded(recording.name());
        JsonArray each = new JsonArray();
        counts.forEach((gateway, count) -> each.add(count.counts().put("gateway", gateway)));
        JsonObject body = shown(recording, clock.instant(), counts).put("gateways", each);
        return Future.succeededFuture(
                Reply.json(body).with("etag", String.valueOf(state.tag(ObjectKeys.recording(name)))));
    }

    private Future<Reply> put(Call call) {
        String name = call.path("recording");
        RecordingWish wish = Body.of(call).read((node, problems) -> RecordingWish.read(name, node, problems));
        RecordingRights.keep(call, wish.wanted());
        return edits.edit(call, "put", "recording " + name, ObjectKeys.recording(name), now -> {
            Recording old = named(now, name);
            Recording next = wish.at(clock.instant(), old);
            RecordingRights.check(call, now.base(), old);
            RecordingRights.check(call, now.base(), next);
            bounded(now, name);
            return now.with(List.of(new TableChange.PutRecording(next)));
        });
    }

    /** The recording of this name; one whose name differs and whose slug does not is a conflict. */
    private static @Nullable Recording named(TableObjects now, String name) {
        Recording old = now.recording(name);
        if (old != null && !old.name().equals(name)) {
            throw Refusal.conflict("recording " + name + " has the slug of recording " + old.name());
        }
        return old;
    }

    private void bounded(TableObjects now, String name) {
        Instant time = clock.instant();
        long others = now.recordings().values().stream()
                .filter(other -> !other.name().equals(name) && RecordingState.of(other, time) != RecordingState.ENDED)
                .count();
        if (others >= Recording.MOST_AT_ONCE) {
            throw Refusal.conflict(
                    others + " recordings run (expected: at most " + Recording.MOST_AT_ONCE + " at once; stop one)");
        }
    }

    private Future<Reply> delete(Call call) {
        String name = call.path("recording");
        return edits.edit(call, "delete", "recording " + name, ObjectKeys.recording(name), now -> {
            Recording old = present(now, name);
            RecordingRights.check(call, now.base(), old);
            return now.with(List.of(new TableChange.RemoveRecording(old.name())));
        });
    }

    private static Recording present(TableObjects now, String name) {
        Recording recording = now.recording(name);
        if (recording == null) {
            throw Refusal.absent("recording " + name);
        }
        return recording;
    }
}
