package io.laneway.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestQueryParamMatchInput;
import io.laneway.router.model.Carriers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a lane as a tree of maps, one for each carrier in its order, so that its cost does not depend on how many lanes
 * there are; but for baggage, whose members are looked for one after the other where there is a member of that key. A carrier with a value that is no lane ends the search, as it does in a gateway. Stateless.
 */
final class LaneMatcher {

    /** A value that has a slug: printable, with a letter or a digit. Others count as absent. */
    static final String PRESENT = "[^\\x00-\\x1f\\x7f]*[0-9A-Za-z][^\\x00-\\x1f\\x7f]*";

    static final String BAGGAGE = "baggage";
    /** The value of a member that has a slug. */
    static final String VALUE = "[^,;]*[0-9A-Za-z][^,;]*";

    /**
     * @param value  how an Envoy writes what it read there, as the lane; empty where it is handed on by itself
     * @param member the key of a baggage member, null for the whole value
     */
    private record Input(
            TypedExtensionConfig config,
            String value,
            @Nullable String member) {}

    private LaneMatcher() {}

    /**
     * @param lanes     what to do for each spelling of a lane
     * @param elsewhere what to do with another value, by how an Envoy writes the value; the empty text is the stamp's own
     * @param unmarked  what to do without any
     */
    static Matcher of(
            Carriers carriers, Map<String, OnMatch> lanes, Function<String, OnMatch> elsewhere, OnMatch unmarked) {
        OnMatch next = unmarked;
        List<Input> inputs = new ArrayList<>(inputs(carriers));
        Collections.reverse(inputs);
        for (Input each : inputs) {
            TypedExtensionConfig input = each.config();
            OnMatch unknown = elsewhere.apply(each.value());
            MatcherList.Builder list = MatcherList.newBuilder();
            if (each.member() != null) {
                lanes.forEach((lane, action) ->
                        list.addMatchers(matching(input, member(each.member(), quoted(lane)), action)));
            }
            String present = each.member() == null ? PRESENT : member(each.member(), VALUE);
            Matcher listed = Matcher.newBuilder()
                    .setMatcherList(list.addMatchers(matching(input, present, unknown)))
                    .setOnNoMatch(next)
                    .build();
            Matcher tree = lanes.isEmpty() || each.member() != null ? listed : tree(input, lanes, listed);
            next = OnMatch.newBuilder().setMatcher(tree).build();
        }
        return next.hasMatcher()
                ? next.getMatcher()
                : Matcher.newBuilder().setOnNoMatch(next).build();
    }

    /** A list of members (W3C Baggage) of which one has such a value. */
    static String member(String key, String value) {
        return "(.*,)?[ \\t]*" + quoted(key) + "[ \\t]*=[ \\t]*(" + value + ")[ \\t]*([,;].*)?";
    }

    /** A text as a pattern: RE2 takes a backslash before punctuation alone. */
    static String quoted(String text) {
        return text.replaceAll("[\\p{Punct} ]", "\\\\$0");
    }

    private static Matcher tree(TypedExtensionConfig input, Map<String, OnMatch> lanes, Matcher otherwise) {
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(input)
                        .setExactMatchMap(MatchMap.newBuilder().putAllMap(lanes)))
                .setOnNoMatch(OnMatch.newBuilder().setMatcher(otherwise))
                .build();
    }

    private static FieldMatcher matching(TypedExtensionConfig input, String regex, OnMatch action) {
        StringMatcher value = StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder()
                        .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance())
                        .setRegex(regex))
                .build();
        return FieldMatcher.newBuilder()
                .setPredicate(Predicate.newBuilder()
                        .setSinglePredicate(Predicate.SinglePredicate.newBuilder()
                                .setInput(input)
                                .setValueMatch(value)))
                .setOnMatch(action)
                .build();
    }

    /** The stamp first, then the carriers of the table that a map can read. */
    private static List<Input> inputs(Carriers carriers) {
        List<Input> inputs = new ArrayList<>();
        inputs.add(header(Carriers.MARKER, "", null));
        inputs.add(header(BAGGAGE, "", Carriers.MARKER));
        for (String name : carriers.header()) {
            if (!name.equalsIgnoreCase(Carriers.MARKER)) {
                inputs.add(header(name, "%REQ(" + name.toLowerCase(Locale.ROOT) + ")%", null));
            }
        }
        for (String name : carriers.query()) {
            HttpRequestQueryParamMatchInput input = HttpRequestQueryParamMatchInput.newBuilder()
                    .setQueryParam(name)
                    .build();
            inputs.add(new Input(input("query-params", input), "%QUERY_PARAM(" + name + ")%", null));
        }
        for (String key : carriers.baggage()) {
            if (!key.equals(Carriers.MARKER)) {
                inputs.add(header(BAGGAGE, "", key));
            }
        }
        return inputs;
    }

    private static Input header(String name, String value, @Nullable String member) {
        HttpRequestHeaderMatchInput input = HttpRequestHeaderMatchInput.newBuilder()
                .setHeaderName(name.toLowerCase(Locale.ROOT))
                .build();
        return new Input(input("request-headers", input), value, member);
    }

    static OnMatch act(Message action) {
        return OnMatch.newBuilder()
                .setAction(TypedExtensionConfig.newBuilder().setName("route").setTypedConfig(Any.pack(action)))
                .build();
    }

    private static TypedExtensionConfig input(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
