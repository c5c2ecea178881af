package io.laneway.xds.words;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pieces of matchers. Stateless. */
public final class OnMatches {

    private OnMatches() {}

    /** Does what a matcher says. */
    public static OnMatch to(Matcher matcher) {
        boolean bare = !matcher.hasMatcherList() && !matcher.hasMatcherTree();
        return bare
                ? matcher.getOnNoMatch()
                : OnMatch.newBuilder().setMatcher(matcher).build();
    }

    /** Takes the first of these routes that matches. */
    public static OnMatch act(List<Route> routes) {
        boolean one = routes.size() == 1;
        Message action = one
                ? routes.get(0)
                : RouteList.newBuilder().addAllRoutes(routes).build();
        return OnMatch.newBuilder()
                .setAction(TypedExtensionConfig.newBuilder().setName("route").setTypedConfig(Any.pack(action)))
                .build();
    }

    /** The first that matches, else the last. */
    public static Matcher first(List<FieldMatcher> each, @Nullable OnMatch otherwise) {
        Matcher.Builder matcher = Matcher.newBuilder();
        if (!each.isEmpty()) {
            matcher.setMatcherList(MatcherList.newBuilder().addAllMatchers(each));
        }
        return otherwise == null
                ? matcher.build()
                : matcher.setOnNoMatch(otherwise).build();
    }

    public static FieldMatcher when(Predicate predicate, OnMatch then) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate)
                .setOnMatch(then)
                .build();
    }

    /** All of some predicates, of which there is one at least. */
    public static Predicate all(List<Predicate> each) {
        return each.size() == 1
                ? each.get(0)
                : Predicate.newBuilder()
                        .setAndMatcher(Predicate.PredicateList.newBuilder().addAllPredicate(each))
                        .build();
    }

    public static Predicate matching(TypedExtensionConfig input, String regex) {
        return single(
                input,
                StringMatcher.newBuilder()
                        .setSafeRegex(RegexMatcher.newBuilder()
                                .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance())
                                .setRegex(regex))
                        .build());
    }

    public static Predicate exactly(TypedExtensionConfig input, String value) {
        return single(input, StringMatcher.newBuilder().setExact(value).build());
    }

    private static Predicate single(TypedExtensionConfig input, StringMatcher value) {
        return Predicate.newBuilder()
                .setSinglePredicate(SinglePredicate.newBuilder().setInput(input).setValueMatch(value))
                .build();
    }
}
