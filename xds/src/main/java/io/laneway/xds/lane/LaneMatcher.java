package io.laneway.xds.lane;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.laneway.xds.words.OnMatches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The choice of a lane as a tree of maps, one for each carrier in its order, so that its cost does not depend on how many lanes
 * there are. Where a part of a value names the lane (cookies, baggage, hosts with a port) lanes are looked for one after the
 * other, behind one look whether there is such a part at all. A carrier with a value that is no lane ends the search, as it does
 * in a gateway. Stateless.
 */
public final class LaneMatcher {

    private LaneMatcher() {}

    /**
     * The tree.
     *
     * @param elsewhere what to do with a value of a carrier that is none of the lanes
     * @param unmarked  what to do without any
     */
    public static OnMatch of(
            List<LaneInput> inputs, List<LaneChoice> lanes, Function<LaneInput, OnMatch> elsewhere, OnMatch unmarked) {
        OnMatch next = unmarked;
        List<LaneInput> backwards = new ArrayList<>(inputs);
        Collections.reverse(backwards);
        for (LaneInput input : backwards) {
            next = OnMatches.to(one(input, lanes, elsewhere.apply(input), next));
        }
        return next;
    }

    private static Matcher one(LaneInput input, List<LaneChoice> lanes, OnMatch unknown, OnMatch next) {
        Matcher present = OnMatches.first(
                List.of(OnMatches.when(
                        OnMatches.matching(input.config(), input.present()), listed(input, lanes, unknown))),
                next);
        Map<String, OnMatch> map = new TreeMap<>();
        Function<LaneChoice, List<String>> keys = input.keys();
        if (keys != null) {
            lanes.forEach(lane -> keys.apply(lane).forEach(key -> map.putIfAbsent(key, lane.action())));
        }
        return map.isEmpty() ? present : tree(input.config(), map, present);
    }

    private static OnMatch listed(LaneInput input, List<LaneChoice> lanes, OnMatch unknown) {
        Function<LaneChoice, String> holding = input.holding();
        if (holding == null || lanes.isEmpty()) {
            return unknown;
        }
        List<MatcherList.FieldMatcher> each = new ArrayList<>();
        for (LaneChoice lane : lanes) {
            each.add(OnMatches.when(OnMatches.matching(input.config(), holding.apply(lane)), lane.action()));
        }
        return OnMatches.to(OnMatches.first(each, unknown));
    }

    private static Matcher tree(TypedExtensionConfig input, Map<String, OnMatch> lanes, Matcher otherwise) {
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(input)
                        .setExactMatchMap(MatchMap.newBuilder().putAllMap(lanes)))
                .setOnNoMatch(OnMatches.to(otherwise))
                .build();
    }
}
