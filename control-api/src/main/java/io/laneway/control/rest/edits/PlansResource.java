package io.laneway.control.rest.edits;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Reply;
import io.laneway.control.http.Routes;
import io.laneway.control.shift.Plan;
import io.laneway.control.shift.PlanCall;
import io.laneway.control.shift.PlanMove;
import io.laneway.control.shift.PlanMove.Standing;
import io.laneway.control.shift.Plans;
import io.laneway.control.store.Rows.AnswerRow;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** {@code /v1/shifts/{shift}/plan}: stepwise shifts. */
public final class PlansResource {

    private static final String PATH = "/v1/shifts/{shift}/plan";

    private final Plans plans;
    private final Editor editor;
    private final Mutations mutations;

    public PlansResource(Plans plans, Editor editor, Mutations mutations) {
        this.plans = plans;
        this.editor = editor;
        this.mutations = mutations;
    }

    /** What a call does with a plan. */
    private interface Move {
        PlanMove of(String shift, PlanCall call);
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, PATH, Role.VIEWER, this::get);
        routes.add(HttpMethod.PUT, PATH, Role.RELEASER, this::put);
        routes.add(HttpMethod.DELETE, PATH, Role.RELEASER, call -> move(call, plans::remove));
        post(routes, "pause", plans::pause);
        post(routes, "promote", plans::promote);
        post(
                routes,
                "abort",
                (shift, call) ->
                        plans.abort(shift, "aborted by " + call.author().who(), call));
        post(routes, "finish", plans::finish);
    }

    private void post(Routes routes, String word, Move move) {
        routes.add(HttpMethod.POST, PATH + "/" + word, Role.RELEASER, call -> move(call, move));
    }

    private Future<Reply> get(Call call) {
        String shift = call.path("shift");
        Standing standing = plans.get(shift);
        JsonObject body = standing.state().json().put("revision", editor.state().edited());
        plans.verdict(shift).ifPresent(verdict -> body.put("verdict", verdict.json()));
        return Future.succeededFuture(Reply.json(body).with("etag", standing.tag()));
    }

    private Future<Reply> put(Call call) {
        Plan plan = Body.of(call).read(Plan::read);
        return once(call, (shift, wanted) -> plans.begin(shift, plan, wanted));
    }

    /** Moves the plan of a shift. */
    private Future<Reply> move(Call call, Move move) {
        return once(call, (shift, wanted) -> {
            Body.of(call).nothing();
            return move.of(shift, wanted);
        });
    }

    /** A call that was answered under its Idempotency-Key is answered with the plan as it stood then. */
    private Future<Reply> once(Call call, Move move) {
        call.waitApplied();
        PlanCall wanted =
                new PlanCall(call.author(), call.ifMatch(), call.flag("dryRun"), call.once(), call::mayChange);
        String shift = call.path("shift");
        Optional<AnswerRow> answered = editor.answered(wanted.author(), wanted.once());
        if (answered.isEmpty()) {
            PlanMove moved = move.of(shift, wanted);
            Standing standing = moved.standing();
            JsonObject body =
                    standing == null ? new JsonObject() : standing.state().json();
            String tag = standing == null || wanted.dryRun() ? null : standing.tag();
            return mutations.answer(call, moved.result(), wanted.dryRun(), body, tag);
        }
        return replay(answered.get());
    }

    private Future<Reply> replay(AnswerRow then) {
        JsonObject kept = then.body().isEmpty() ? new JsonObject() : new JsonObject(then.body());
        JsonObject plan = kept.getJsonObject("plan");
        Standing standing = plan == null ? null : Plans.standing(plan.encode(), kept.getLong("version"));
        JsonObject said = standing == null ? new JsonObject() : standing.state().json();
        Reply reply = Reply.json(said.put("changed", kept.getBoolean("changed", false))
                .put("revision", then.revision())
                .put("replayed", true));
        return Future.succeededFuture(standing == null ? reply : reply.with("etag", standing.tag()));
    }
}
