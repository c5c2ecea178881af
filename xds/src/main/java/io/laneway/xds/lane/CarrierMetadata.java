package io.laneway.xds.lane;

import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config.KeyValuePair;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config.Rule;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config.ValueType;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.Carriers;
import io.laneway.xds.words.Patterns;
import org.jspecify.annotations.Nullable;

/**
 * Lanes that cookies and hosts name, as metadata of the request: no other formatter of an Envoy takes them out of their header,
 * and a lane that the service lacks has to be handed on as well. Stateless.
 */
public final class CarrierMetadata {

    private static final String NAMESPACE = "laneway.carriers";

    private CarrierMetadata() {}

    /** How an Envoy writes the lane of the cookie of that place in the carriers. */
    public static String cookie(int place) {
        return written("cookie-" + place);
    }

    /** How an Envoy writes the lane of the host by the pattern of that place. */
    public static String host(int place) {
        return written("host-" + place);
    }

    /** How an Envoy writes the lane of the page's host by the pattern of that place. */
    public static String origin(int place) {
        return written("origin-" + place);
    }

    private static String written(String key) {
        return "%DYNAMIC_METADATA(" + NAMESPACE + ":" + key + ")%";
    }

    /** The filter that fills the metadata, null where no carrier needs it. */
    public static @Nullable Config filter(Carriers carriers, boolean external) {
        Config.Builder config = Config.newBuilder();
        for (int i = 0; i < carriers.cookie().size(); i++) {
            config.addRequestRules(
                    Rule.newBuilder().setCookie(carriers.cookie().get(i)).setOnHeaderPresent(pair("cookie-" + i)));
        }
        for (int i = 0; i < carriers.host().size(); i++) {
            HostPattern pattern = HostPattern.parse(carriers.host().get(i), "lane");
            config.addRequestRules(
                    part(HostPatterns.AUTHORITY, "host-" + i, HostPatterns.authority(pattern, HostPatterns.PLACE)));
            if (external) {
                config.addRequestRules(
                        part(HostPatterns.ORIGIN, "origin-" + i, HostPatterns.origin(pattern, HostPatterns.PLACE)));
            }
        }
        return config.getRequestRulesCount() == 0 ? null : config.build();
    }

    /** What stands in the pattern's first group; the whole value where it does not match, which nothing then reads. */
    private static Rule part(String header, String key, String regex) {
        return Rule.newBuilder()
                .setHeader(header)
                .setOnHeaderPresent(pair(key)
                        .setRegexValueRewrite(RegexMatchAndSubstitute.newBuilder()
                                .setPattern(Patterns.ofEnvoys("^" + regex + "$"))
                                .setSubstitution("\\1")))
                .build();
    }

    private static KeyValuePair.Builder pair(String key) {
        return KeyValuePair.newBuilder()
                .setMetadataNamespace(NAMESPACE)
                .setKey(key)
                .setType(ValueType.STRING);
    }
}
