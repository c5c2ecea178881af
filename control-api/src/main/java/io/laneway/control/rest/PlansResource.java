package io.laneway.control.rest;

import io.laneway.control.auth.Role;
import io.laneway.control.shift.Plan;
import io.laneway.control.shift.PlanState;
import io.laneway.control.shift.Plans;
import io.laneway.control.table.Editor;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** {@code /v1/shifts/{shift}/plan}: stepwise shifts. */
final class PlansResource {

    private static final String PATH = "/v1/shifts/{shift}/plan";

    private final Plans plans;
    private final Editor editor;

    PlansResource(Plans plans, Editor editor) {
        this.plans = plans;
        this.editor = editor;
    }

    void mount(Routes routes) {
        routes.add(HttpMethod.GET, PATH, Role.VIEWER, call -> reply(plans.get(call.path("shift"))));
        routes.add(HttpMethod.PUT, PATH, Role.RELEASER, this::put);
        routes.add(HttpMethod.DELETE, PATH, Role.RELEASER, this::delete);
        routes.add(HttpMethod.POST, PATH + "/pause", Role.RELEASER, call -> reply(plans.pause(mine(call))));
        routes.add(
                HttpMethod.POST,
                PATH + "/promote",
                Role.RELEASER,
                call -> reply(plans.promote(mine(call), call.author())));
        routes.add(
                HttpMethod.POST,
                PATH + "/abort",
                Role.RELEASER,
                call -> reply(
                        plans.abort(mine(call), "aborted by " + call.author().who(), call.author())));
        routes.add(
                HttpMethod.POST,
                PATH + "/finish",
                Role.RELEASER,
                call -> reply(plans.finish(mine(call), call.author())));
    }

    private Future<Reply> put(Call call) {
        Plan plan = Body.of(call).read(Plan::read);
        call.mayChange(plan.lane());
        return reply(plans.begin(call.path("shift"), plan, call.author()));
    }

    private Future<Reply> delete(Call call) {
        plans.remove(mine(call));
        return Future.succeededFuture(
                Reply.json(new JsonObject().put("revision", editor.state().edited())));
    }

    /** The shift of a call, if the caller may move the plan's environment. */
    private String mine(Call call) {
        String shift = call.path("shift");
        call.mayChange(plans.get(shift).plan().lane());
        return shift;
    }

    private Future<Reply> reply(PlanState state) {
        return Future.succeededFuture(
                Reply.json(state.json().put("revision", editor.state().edited())));
    }
}
