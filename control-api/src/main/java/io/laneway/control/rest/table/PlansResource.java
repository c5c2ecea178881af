package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.plan.Plan;
import io.laneway.control.plan.PlanCall;
import io.laneway.control.plan.PlanDocument;
import io.laneway.control.plan.PlanMove;
import io.laneway.control.plan.PlanMove.KeptPlan;
import io.laneway.control.plan.Plans;
import io.laneway.control.store.Rows.ResponseRow;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** {@code /v1/shifts/{shift}/plan}: stepwise shifts. */
public final class PlansResource {

    private static final String PATH = "/v1/shifts/{shift}/plan";

    private final Plans plans;
    private final Editor editor;
    private final TableEdits edits;

    public PlansResource(Plans plans, Editor editor, TableEdits edits) {
        this.plans = plans;
        this.editor = editor;
        this.edits = edits;
    }

    /** What a call does with a plan. */
    private interface Move {
        PlanMove of(String shift, PlanCall call);
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, PATH, Role.VIEWER, this::get);
        routes.add(HttpMethod.GET, PATH + "/curves", Role.VIEWER, this::curves);
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
        KeptPlan kept = plans.get(shift);
        JsonObject body =
                PlanDocument.shown(kept.state()).put("revision", editor.state().edited());
        plans.verdict(shift).ifPresent(verdict -> body.put("verdict", verdict.json()));
        return Future.succeededFuture(Reply.json(body).with("etag", kept.tag()));
    }

    private Future<Reply> curves(Call call) {
        return Compact.list(call.context().request(), plans.curves(call.path("shift")));
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

    /** A call that was made under its Idempotency-Key before gets the plan as it was then. */
    private Future<Reply> once(Call call, Move move) {
        call.waitApplied();
        PlanCall wanted =
                new PlanCall(call.author(), call.ifMatch(), call.flag("dryRun"), call.once(), call::mayChange);
        String shift = call.path("shift");
        Optional<ResponseRow> earlier = editor.earlier(wanted.author(), wanted.once());
        if (earlier.isEmpty()) {
            PlanMove moved = move.of(shift, wanted);
            KeptPlan kept = moved.plan();
            JsonObject body = kept == null ? new JsonObject() : PlanDocument.shown(kept.state());
            String tag = kept == null || wanted.dryRun() ? null : kept.tag();
            return edits.respond(call, moved.result(), wanted.dryRun(), body, tag);
        }
        return replay(earlier.get());
    }

    private Future<Reply> replay(ResponseRow then) {
        JsonObject said = then.body().isEmpty() ? new JsonObject() : new JsonObject(then.body());
        JsonObject plan = said.getJsonObject("plan");
        KeptPlan kept = plan == null ? null : Plans.kept(plan.encode(), said.getLong("version"));
        JsonObject body = kept == null ? new JsonObject() : PlanDocument.shown(kept.state());
        Reply reply = Reply.json(body.put("changed", said.getBoolean("changed", false))
                .put("revision", then.revision())
                .put("replayed", true));
        return Future.succeededFuture(kept == null ? reply : reply.with("etag", kept.tag()));
    }
}
