package io.laneway.xds.route;

import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.laneway.router.model.service.Port;
import io.laneway.xds.lane.HostPatterns;
import io.laneway.xds.lane.LaneInputs;
import io.laneway.xds.lane.PortChoice;
import io.laneway.xds.words.OnMatches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Requests by the port that they are for, as a matcher of an Envoy. Stateless. */
final class PortMatches {

    private PortMatches() {}

    /** What to do, by choices of which the last one is for all others. */
    static OnMatch of(List<PortChoice> choices, Function<PortChoice, OnMatch> made) {
        PortChoice last = choices.get(choices.size() - 1);
        if (choices.size() == 1) {
            return made.apply(last);
        }
        List<FieldMatcher> each = new ArrayList<>();
        for (PortChoice choice : choices.subList(0, choices.size() - 1)) {
            each.add(OnMatches.when(wanted(choice), made.apply(choice)));
        }
        return OnMatches.to(OnMatches.first(each, made.apply(last)));
    }

    private static Predicate wanted(PortChoice choice) {
        List<Predicate> all = new ArrayList<>();
        if (choice.number() != Port.ANY) {
            all.add(OnMatches.matching(LaneInputs.ofHeader(HostPatterns.AUTHORITY), ".*:" + choice.number()));
        }
        if (choice.grpc()) {
            all.add(OnMatches.matching(LaneInputs.ofHeader("content-type"), "(?i)application/grpc.*"));
        }
        return OnMatches.all(all);
    }
}
