package io.laneway.control.gateways;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import java.util.List;

/** Finds the services whose applications lose lanes, by what connected gateways saw lately. Safe for many threads. */
public final class LostLanesLint implements LintSource {

    /** What gateways say where they cannot tell whose application it was. */
    private static final String UNKNOWN = "__unknown__";

    private static final String RULE = "context-lost";

    private final GatewayRegistry registry;

    public LostLanesLint(GatewayRegistry registry) {
        this.registry = registry;
    }

    @Override
    public List<Finding> findings(LaneTable table) {
        return registry.losses().stream().map(LostLanesLint::finding).toList();
    }

    private static Finding finding(LostLanes losses) {
        String whose = losses.service().equals(UNKNOWN)
                ? "applications behind a gateway that several call through"
                : "its application";
        if (losses.lost() == 0) {
            return new Finding(
                    RULE,
                    "service " + losses.service(),
                    losses.unknown() + " calls of " + whose
                            + " have neither a lane nor a trace in one lane, so it cannot be"
                            + " told whether they lost one (expected: the lane, or at least the trace, is passed on)");
        }
        String more = losses.unknown() == 0 ? "" : "; of " + losses.unknown() + " more it cannot be told";
        return new Finding(
                RULE,
                "service " + losses.service(),
                losses.lost() + " calls of " + whose + " came without the lane of their trace, " + losses.restored()
                        + " were put right" + more + " (expected: trace-branch or baggage is passed on)");
    }
}
