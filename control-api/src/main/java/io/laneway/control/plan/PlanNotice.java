package io.laneway.control.plan;

import io.laneway.control.webhook.Notice;
import io.vertx.core.json.JsonObject;

/**
 * The message about a plan that moved. Immutable. DingTalk robots want a word of their own in each message, which is
 * {@code lane} for all of ours.
 *
 * @param event {@code plan-running}, {@code plan-paused}, {@code plan-complete}, {@code plan-aborted} or
 *              {@code plan-finished}
 * @param who   moved it
 */
public record PlanNotice(String event, String shift, String lane, int step, int steps, String why, String who)
        implements Notice {

    /** The message about a plan as it is. */
    public static PlanNotice of(String shift, PlanState state, String who) {
        return new PlanNotice(
                "plan-" + state.status().word(),
                shift,
                state.plan().lane(),
                state.step() + 1,
                state.plan().steps().size(),
                state.why(),
                who);
    }

    @Override
    public String subject() {
        return "plan of shift " + shift;
    }

    @Override
    public String text() {
        String status = event.substring("plan-".length());
        String what = "Plan of shift " + shift + " for lane " + lane + " is " + status + " at step " + step + " of "
                + steps + ", by " + who + ".";
        return why.isEmpty() ? what : what + " " + why;
    }

    @Override
    public JsonObject generic() {
        return new JsonObject()
                .put("event", event)
                .put("shift", shift)
                .put("lane", lane)
                .put("step", step)
                .put("steps", steps)
                .put("why", why)
                .put("who", who)
                .put("text", text());
    }
}
