package io.laneway.xds.lane;

import io.laneway.router.decision.Reason;
import io.laneway.router.table.LaneEntry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where requests for one lane of one service go. Immutable.
 *
 * @param lane    the requested lane
 * @param cluster the cluster, which may be an aggregate one; null where the requests are refused
 * @param refusal why they are refused, null where they are not
 */
public record LaneRoute(
        LaneEntry lane, @Nullable String cluster, @Nullable Reason refusal) {

    public static LaneRoute to(LaneEntry lane, String cluster) {
        return new LaneRoute(lane, cluster, null);
    }

    public static LaneRoute refused(LaneEntry lane, Reason reason) {
        return new LaneRoute(lane, null, reason);
    }

    /** The ways in which a request may write a lane that clients of xDS know: they compare bytes and make no slugs. */
    public static List<String> spellings(LaneEntry lane) {
        Set<String> spellings = new TreeSet<>();
        spellings.add(lane.slug());
        spellings.add(lane.name());
        spellings.add(lane.name().toLowerCase(Locale.ROOT));
        return List.copyOf(spellings);
    }
}
