package io.laneway.control.replay;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Role;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.KnownGateway;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.BodyKind;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.store.ReplayRows.ReplayRow;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.recording.Redaction;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/replays}: replays by gateways, and what these say of them. */
public final class ReplaysResource {

    private static final int MAX_ID = 200;
    private static final int ACCEPTED = 202;

    private final Replays replays;
    private final GatewayRegistry gateways;
    private final Editor editor;
    private final Clock clock;

    public ReplaysResource(Replays replays, GatewayRegistry gateways, Editor editor, Clock clock) {
        this.replays = replays;
        this.gateways = gateways;
        this.editor = editor;
        this.clock = clock;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/replays{?" + ListQuery.NAMES + ",state,gateway,lane}", Role.VIEWER, this::list);
        routes.add(HttpMethod.POST, "/v1/replays", Role.RELEASER, this::start);
        routes.add(HttpMethod.GET, "/v1/replays/{replay}", Role.VIEWER, this::get);
        routes.add(HttpMethod.DELETE, "/v1/replays/{replay}", Role.RELEASER, this::abort);
        // A newer gateway may say more.
        routes.add(
                HttpMethod.POST,
                "/v1/gateways/{id}/replays/{replay}{?any*}",
                Role.GATEWAY,
                BodyKind.REPORT,
                this::heard);
    }

    private Future<Reply> list(Call call) {
        ListQuery query = ListQuery.of(call, 0);
        ReplayState state = ListQuery.word(call, "state", ReplayState.values(), ReplayState::word);
        String gateway = ListQuery.text(call, "gateway", MAX_ID);
        String lane = ListQuery.text(call, "lane", MAX_ID);
        List<JsonObject> matching = replays.all().stream()
                .filter(row -> (state == null || state.word().equals(row.state()))
                        && (gateway.isEmpty() || gateway.equals(row.gateway())))
                .map(ReplayDocument::summary)
                .filter(one -> (lane.isEmpty() || lane.equals(one.getString("lane")))
                        && query.finds(
                                one.getString("id"),
                                one.getString("recording"),
                                one.getString("lane"),
                                one.getString("gateway")))
                .toList();
        ListPage<JsonObject> page = ListPage.of(query, matching, one -> one.getString("id"));
        JsonArray all = new JsonArray();
        page.items().forEach(all::add);
        return Compact.list(call.context().request(), page.addTo(new JsonObject().put("replays", all)));
    }

    private Future<Reply> get(Call call) {
        ReplayRow row = replays.find(call.path("replay"));
        return Future.succeededFuture(
                Reply.json(ReplayDocument.whole(row, call.principal().covers(Role.RELEASER))));
    }

    private Future<Reply> start(Call call) {
        ReplayWish wish = Body.of(call).read(ReplayWish::read);
        TableObjects now = editor.state().published();
        check(call, now, wish);
        JsonObject json = wish.json();
        String gateway = gateway(wish.gateway(), ReplayWish.kind(json));
        String wanted = json.put("gateway", gateway)
                .put("redact", redact(now.recording(wish.recording())))
                .encode();
        Author author = call.author();
        Once once = call.once();
        long at = clock.millis();
        ReplayRow row = new ReplayRow(
                once == null ? UUID.randomUUID().toString() : id(author, once),
                gateway,
                ReplayState.WAITING.word(),
                wanted,
                author.who(),
                author.why(),
                at,
                at + wish.within().toMillis(),
                0,
                0,
                "",
                "",
                "",
                "");
        if (call.flag("dryRun")) {
            JsonObject would = ReplayDocument.whole(row, true);
            would.remove("id");
            return Future.succeededFuture(Reply.json(would.put("dryRun", true)));
        }
        ReplayRow kept = replays.start(row, audit(author, "start", row));
        if (!kept.wish().equals(wanted)) {
            throw Refusal.conflict("Idempotency-Key: another replay was started by it (expected: another key)");
        }
        return Future.succeededFuture(reply(ACCEPTED, kept).with("location", "/v1/replays/" + kept.id()));
    }

    /** The same for the same key of the same client. */
    private static String id(Author author, Once once) {
        return UUID.nameUUIDFromBytes(("replay\n" + author.who() + "\n" + once.call()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Reply reply(int status, ReplayRow row) {
        return Reply.json(
                status,
                ReplayDocument.summary(row).put("revision", editor.state().edited()));
    }

    private static void check(Call call, TableObjects now, ReplayWish wish) {
        List<Problem> problems = new ArrayList<>();
        Lane lane = now.lane(wish.lane());
        if (lane == null && !now.isBase(wish.lane())) {
            problems.add(Problem.at("lane", wish.lane(), "a lane of the table"));
        }
        String against = wish.against();
        if (against != null && now.lane(against) == null && !now.isBase(against)) {
            problems.add(Problem.at("against", against, "a lane of the table, such as " + now.base()));
        }
        if (wish.unsafe() && (lane == null || lane.mode() != LaneMode.STRICT)) {
            problems.add(Problem.at(
                    "unsafe",
                    "lane " + wish.lane() + " is not strict",
                    "a strict lane, so that nothing is written by base where the lane has no such service"));
        }
        if (!problems.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.UNSOUND,
                    problems.size() == 1 ? problems.get(0).toString() : problems.size() + " fields are wrong",
                    problems);
        }
        if (now.isBase(wish.lane())) {
            call.mayChangeAll();
        } else {
            call.mayChange(wish.lane());
        }
    }

    /** The one that is wished for, or the only one there is. */
    private String gateway(@Nullable String wished, String kind) {
        List<String> able = gateways.all().stream()
                .filter(gateway ->
                        gateway.connected() && gateway.report().questions().contains(kind))
                .map(KnownGateway::id)
                .sorted()
                .toList();
        String expected = able.isEmpty()
                ? "a gateway that is connected, has a data directory, and takes " + kind + "; there is none"
                : "one of " + String.join(", ", able.subList(0, Math.min(able.size(), 20)));
        if (wished == null && able.size() == 1) {
            return able.get(0);
        }
        if (wished == null || !able.contains(wished)) {
            Problem problem = Problem.at("gateway", wished == null ? "missing" : wished, expected);
            throw new Refusal(Refusal.Kind.UNSOUND, problem.toString(), List.of(problem));
        }
        return wished;
    }

    /** What the recording redacts beyond what always is, as far as the table has it still. */
    private static JsonObject redact(@Nullable Recording recording) {
        Redaction redact = recording == null ? Redaction.DEFAULT : recording.redact();
        return new JsonObject()
                .put("headers", new JsonArray(redact.headers()))
                .put("query", new JsonArray(redact.query()))
                .put("form", new JsonArray(redact.form()))
                .put("json", new JsonArray(redact.json()))
                .put("keep", new JsonArray(redact.keep()));
    }

    private AuditRow audit(Author author, String action, ReplayRow row) {
        JsonObject wish = new JsonObject(row.wish());
        String detail = "recording " + wish.getString("recording") + " into lane " + wish.getString("lane")
                + (wish.containsKey("against") ? " against " + wish.getString("against") : "")
                + (wish.getBoolean("unsafe") ? ", unsafe" : "") + " by gateway " + row.gateway();
        return new AuditRow(
                0, clock.millis(), author.who(), author.origin(), author.why(), action, "replay " + row.id(), detail);
    }

    private Future<Reply> abort(Call call) {
        Body.of(call).nothing();
        ReplayRow row = replays.find(call.path("replay"));
        String lane = new JsonObject(row.wish()).getString("lane");
        if (editor.state().published().isBase(lane)) {
            call.mayChangeAll();
        } else {
            call.mayChange(lane);
        }
        if (call.flag("dryRun")) {
            return Future.succeededFuture(Reply.json(ReplayDocument.summary(row).put("dryRun", true)));
        }
        ReplayRow now = replays.abort(row.id(), audit(call.author(), "abort", row));
        return Future.succeededFuture(reply(ReplayState.of(now.state()).ended() ? 200 : ACCEPTED, now));
    }

    private Future<Reply> heard(Call call) {
        String id = call.path("id");
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new Refusal(Refusal.Kind.MALFORMED, "gateway id: expected 1 to " + MAX_ID + " characters");
        }
        if (!call.principal().speaksFor(id)) {
            throw Denied.insufficient("gateway " + id + " (expected: one that matches "
                    + call.principal().gateways() + ")");
        }
        ReplayProgress said = Body.of(call).lenient(ReplayProgress::read);
        String report = ReplayReport.of(call.body().toString(StandardCharsets.UTF_8));
        Optional<ReplayState> state = replays.heard(id, call.path("replay"), said, report);
        return Future.succeededFuture(Reply.json(
                state.isPresent() ? 200 : 409,
                new JsonObject().put("state", state.map(ReplayState::word).orElse("over"))));
    }
}
