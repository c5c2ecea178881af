package io.laneway.control.lane;

import io.laneway.control.webhook.Notice;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The message about a lane that is about to end, ended or was deleted. Immutable.
 *
 * @param event {@code expiring}, {@code expired} or {@code deleted}
 * @param renew where it can be renewed, null where it no longer can be or no address is known
 */
public record LaneMessage(
        String event, String lane, Instant ends, @Nullable String renew) implements Notice {

    static LaneMessage of(LaneStep step, @Nullable URI api, RenewSeal seal) {
        String lane = step.lane().name();
        URI renew = api == null || step.to() == null ? null : seal.link(api, lane, step.ends());
        return new LaneMessage(step.action(), lane, step.ends(), renew == null ? null : renew.toString());
    }

    @Override
    public String text() {
        String what = switch (event) {
            case "expiring" -> "Lane " + lane + " is idle and will expire at " + ends + ".";
            case "expired" -> "Lane " + lane + " expired at " + ends + "; its requests go to the base lane.";
            default -> "Lane " + lane + " was deleted.";
        };
        return renew == null ? what : what + " Renew: " + renew;
    }

    @Override
    public String subject() {
        return lane;
    }

    @Override
    public JsonObject generic() {
        return new JsonObject()
                .put("event", event)
                .put("lane", lane)
                .put("ends", ends.toString())
                .put("renew", renew)
                .put("text", text());
    }
}
