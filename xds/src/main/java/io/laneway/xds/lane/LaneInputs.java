package io.laneway.xds.lane;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestQueryParamMatchInput;
import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.Carriers;
import io.laneway.xds.words.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The carriers of a table in the order in which they are looked at, as an Envoy reads them. Stateless. */
public final class LaneInputs {

    public static final String BAGGAGE = "baggage";

    private LaneInputs() {}

    /**
     * The inputs of a virtual host.
     *
     * @param external whether external clients call: their stamps are no more than carriers, and the page that asks counts
     * @param patterns the places of the host patterns that its hosts may match
     */
    public static List<LaneInput> of(Carriers carriers, boolean external, List<Integer> patterns) {
        List<LaneInput> inputs = new ArrayList<>();
        if (!external) {
            inputs.add(header(Carriers.MARKER));
            inputs.add(member(Carriers.MARKER));
        }
        for (String name : carriers.header()) {
            if (external || !name.equalsIgnoreCase(Carriers.MARKER)) {
                inputs.add(header(name));
            }
        }
        carriers.query().forEach(name -> inputs.add(query(name)));
        for (int i = 0; i < carriers.cookie().size(); i++) {
            inputs.add(cookie(carriers.cookie().get(i), CarrierMetadata.cookie(i)));
        }
        for (String key : carriers.baggage()) {
            if (external || !key.equals(Carriers.MARKER)) {
                inputs.add(member(key));
            }
        }
        hosts(carriers, external, patterns, inputs);
        return inputs;
    }

    /** The places of the host patterns of lanes that a host of such domains may match. */
    public static List<Integer> patterns(Carriers carriers, List<String> domains) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < carriers.host().size(); i++) {
            HostPattern pattern = HostPattern.parse(carriers.host().get(i), "lane");
            if (domains.stream().anyMatch(domain -> HostPatterns.mayMatch(pattern, domain))) {
                places.add(i);
            }
        }
        return places;
    }

    private static void hosts(Carriers carriers, boolean external, List<Integer> patterns, List<LaneInput> inputs) {
        for (int i : patterns) {
            inputs.add(host(HostPattern.parse(carriers.host().get(i), "lane"), CarrierMetadata.host(i)));
        }
        for (int i = 0; external && i < carriers.host().size(); i++) {
            inputs.add(origin(HostPattern.parse(carriers.host().get(i), "lane"), CarrierMetadata.origin(i)));
        }
    }

    private static LaneInput header(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return new LaneInput(
                ofHeader(lower),
                lower.equals(Carriers.MARKER) ? "" : "%REQ(" + lower + ")%",
                LaneChoice::spellings,
                null,
                Patterns.PRESENT);
    }

    private static LaneInput query(String name) {
        return new LaneInput(
                ofParameter(name), "%QUERY_PARAM(" + name + ")%", LaneChoice::spellings, null, Patterns.PRESENT);
    }

    private static LaneInput member(String key) {
        return listed(BAGGAGE, null, value -> Patterns.member(key, value), Patterns.MEMBER, LaneChoice::encoded);
    }

    private static LaneInput cookie(String name, String stamp) {
        return listed("cookie", stamp, value -> Patterns.cookie(name, value), Patterns.COOKIE, LaneChoice::encoded);
    }

    private static LaneInput host(HostPattern pattern, String stamp) {
        return new LaneInput(
                ofHeader(HostPatterns.AUTHORITY),
                stamp,
                lane -> List.of(pattern.with(lane.slug())),
                lane -> HostPatterns.authority(pattern, Patterns.quoted(lane.slug())),
                HostPatterns.authority(pattern, HostPatterns.PLACE));
    }

    private static LaneInput origin(HostPattern pattern, String stamp) {
        return listed(
                HostPatterns.ORIGIN,
                stamp,
                value -> HostPatterns.origin(pattern, value),
                HostPatterns.PLACE,
                lane -> List.of(lane.slug()));
    }

    /** An input of which a part names the lane, so that lanes are looked for one after the other. */
    private static LaneInput listed(
            String header,
            @Nullable String stamp,
            Function<String, String> around,
            String anything,
            Function<LaneChoice, List<String>> spellings) {
        return new LaneInput(
                ofHeader(header),
                stamp,
                null,
                lane -> around.apply(
                        spellings.apply(lane).stream().map(Patterns::quoted).collect(Collectors.joining("|"))),
                around.apply(anything));
    }

    /** The values of a header, whose name is in lower case. */
    public static TypedExtensionConfig ofHeader(String name) {
        return input(
                "request-headers",
                HttpRequestHeaderMatchInput.newBuilder().setHeaderName(name).build());
    }

    /** The value of a parameter of the query. */
    public static TypedExtensionConfig ofParameter(String name) {
        return input(
                "query-params",
                HttpRequestQueryParamMatchInput.newBuilder().setQueryParam(name).build());
    }

    private static TypedExtensionConfig input(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
