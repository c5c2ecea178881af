package io.laneway.control.join;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The finding {@code machine-joined}: a machine serves a lane of a service, and whose it is. Safe for many threads. */
public final class JoinLint implements LintSource {

    private final Joins joins;

    public JoinLint(Joins joins) {
        this.joins = joins;
    }

    @Override
    public List<Finding> findings(LaneTable table) {
        return joins.shown().stream().map(JoinLint::finding).toList();
    }

    private static Finding finding(JsonObject join) {
        String subject = "service " + join.getString("service") + " in lane " + join.getString("lane");
        String whose = join.containsKey("who")
                ? " of " + join.getString("who") + " at " + join.getString("origin") + ", port "
                        + join.getInteger("port")
                : ", which another replica holds,";
        String hides = join.getBoolean("replaces", false) ? " in the place of its deployment" : "";
        return new Finding(
                "machine-joined",
                subject,
                "a machine" + whose + " serves it" + hides + " until laneway join ends there");
    }
}
