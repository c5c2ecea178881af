package io.laneway.control.lane;

import io.laneway.control.lane.LaneLifeConfig.Form;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told about a lane that is about to end, ended or was deleted. Immutable.
 *
 * @param event {@code expiring}, {@code expired} or {@code deleted}
 * @param renew where it can be renewed, null where nobody can any more or no address is known
 */
record LaneMessage(
        String event, String lane, Instant ends, @Nullable String renew) {

    static LaneMessage of(LaneStep step, @Nullable URI api, RenewSeal seal) {
        String lane = step.lane().name();
        URI renew = api == null || step.to() == null ? null : seal.link(api, lane, step.ends());
        return new LaneMessage(step.action(), lane, step.ends(), renew == null ? null : renew.toString());
    }

    /** One sentence or two for people. */
    String text() {
        String what = switch (event) {
            case "expiring" -> "Lane " + lane + " is idle and will expire at " + ends + ".";
            case "expired" -> "Lane " + lane + " expired at " + ends + "; its requests go to the base lane.";
            default -> "Lane " + lane + " was deleted.";
        };
        return renew == null ? what : what + " Renew: " + renew;
    }

    /** Slack takes these three characters for markup. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The body that a webhook of this form takes. */
    JsonObject json(Form form) {
        return switch (form) {
            case DINGTALK ->
                new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", text()));
            case FEISHU ->
                new JsonObject().put("msg_type", "text").put("content", new JsonObject().put("text", text()));
            case SLACK -> new JsonObject().put("text", escaped(text()));
            case GENERIC ->
                new JsonObject()
                        .put("event", event)
                        .put("lane", lane)
                        .put("ends", ends.toString())
                        .put("renew", renew)
                        .put("text", text());
        };
    }
}
