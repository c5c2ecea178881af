package io.laneway.control.flag;

import io.laneway.router.shift.Assignment;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A flag of a shift: the lane that a tenant gets, or whether that is one environment. Immutable.
 *
 * @param key         as clients name it: the shift, or the shift, a point and the environment
 * @param environment that is asked for, null for the lane
 */
record Flag(String key, Assignment assignment, @Nullable String environment) {

    private static final String SPLIT = "SPLIT";

    /**
     * The evaluation for a tenant.
     *
     * @param tenant empty if none is known
     * @param base   the base lane's name
     */
    JsonObject of(String tenant, String base) {
        String lane = null;
        String reason;
        if (!assignment.shift().enabled()) {
            reason = "DISABLED";
        } else if (tenant.isEmpty()) {
            reason = "DEFAULT";
        } else {
            byte[] bytes = tenant.getBytes(StandardCharsets.UTF_8);
            int assigned = assignment.assign(bytes, 0, bytes.length);
            lane = assignment.lane(assigned);
            reason = Assignment.pinned(assigned) ? "TARGETING_MATCH" : SPLIT;
        }
        JsonObject evaluation = new JsonObject().put("key", key).put("reason", reason);
        if (environment == null) {
            String served = lane == null ? base : lane;
            evaluation.put("variant", served).put("value", served);
        } else {
            boolean in = lane != null && Slug.of(lane).equals(Slug.of(environment));
            evaluation.put("variant", in ? "on" : "off").put("value", in);
        }
        return evaluation.put(
                "metadata", new JsonObject().put("shift", assignment.shift().name()));
    }
}
