package io.laneway.gateway.server.replay;

import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.diff.rules.ItemRule;
import io.laneway.replay.diff.rules.Rule;
import io.laneway.replay.diff.rules.Tolerance;
import io.laneway.router.model.replay.Amount;
import io.laneway.router.model.replay.IgnoredPlace;
import io.laneway.router.model.replay.PairedItems;
import io.laneway.router.model.replay.ReplayRules;
import io.laneway.router.model.replay.ToleratedPlace;
import java.util.List;
import java.util.stream.Stream;

/** Makes rules of a comparison of those that a team wrote. Stateless. */
public final class ComparisonRules {

    private static final double NANOS_PER_MILLI = 1e6;

    private ComparisonRules() {}

    /** What a comparison goes by. */
    public static DiffRules of(ReplayRules rules) {
        List<Rule> places = Stream.concat(
                        rules.ignore().stream().map(ComparisonRules::ignored),
                        rules.tolerances().stream().map(ComparisonRules::tolerated))
                .toList();
        return new DiffRules(
                places, rules.lists().stream().map(ComparisonRules::paired).toList());
    }

    private static Rule ignored(IgnoredPlace it) {
        String facet = it.facet() == null ? "" : it.facet();
        return Rule.of(it.place().endpoint(), it.place().path(), facet, true, Tolerance.NONE);
    }

    private static Rule tolerated(ToleratedPlace it) {
        Amount amount = it.number();
        double number = amount == null || amount.share() ? 0 : amount.value();
        double share = amount != null && amount.share() ? amount.value() : 0;
        Tolerance tolerance = new Tolerance(number, share, it.time().toNanos() / NANOS_PER_MILLI);
        return Rule.of(it.place().endpoint(), it.place().path(), "", false, tolerance);
    }

    private static ItemRule paired(PairedItems it) {
        String key = it.key().equals(PairedItems.NONE) ? "" : it.key();
        return ItemRule.of(it.place().endpoint(), it.place().path(), key);
    }
}
