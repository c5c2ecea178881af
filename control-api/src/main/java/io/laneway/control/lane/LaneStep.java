package io.laneway.control.lane;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a sweep does with a lane. Immutable.
 *
 * @param to   the state it gets, null where it is deleted
 * @param ends when it ends or ended
 */
public record LaneStep(Lane lane, @Nullable LaneState to, Instant ends) {

    /** The step that is due, null for none. */
    static @Nullable LaneStep of(Lane lane, LaneEnd end, Instant now, LaneLifeConfig config) {
        if (now.isBefore(end.warned())) {
            return lane.state() == LaneState.ACTIVE ? null : new LaneStep(lane, LaneState.ACTIVE, end.expired());
        }
        if (now.isBefore(end.expired())) {
            return lane.state() == LaneState.EXPIRING ? null : new LaneStep(lane, LaneState.EXPIRING, end.expired());
        }
        if (lane.state() != LaneState.EXPIRED) {
            return new LaneStep(lane, LaneState.EXPIRED, end.expired());
        }
        return now.isBefore(end.expired().plus(config.deleteAfter())) ? null : new LaneStep(lane, null, end.expired());
    }

    /** What is done, such as {@code expired} or {@code deleted}. */
    public String action() {
        return to == null ? "deleted" : to.word();
    }

    public JsonObject json() {
        return new JsonObject()
                .put("lane", lane.name())
                .put("from", lane.state().word())
                .put("to", action())
                .put("ends", ends.equals(Instant.MAX) ? null : ends.toString());
    }
}
