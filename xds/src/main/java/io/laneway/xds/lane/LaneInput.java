package io.laneway.xds.lane;

import com.github.xds.core.v3.TypedExtensionConfig;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One place where a request may carry its lane, as a matcher of an Envoy reads it. Immutable.
 *
 * @param config  what is read
 * @param stamp   how an Envoy writes what it read there, as the lane; empty where that header is read, null where it is handed
 *                on by itself elsewhere
 * @param keys    all that stands there for a lane, for an exact map; null where no map can find it
 * @param holding the pattern of what stands there for a lane, where a map does not find it; null where the map is enough
 * @param present the pattern of what names anything
 */
public record LaneInput(
        TypedExtensionConfig config,
        @Nullable String stamp,
        @Nullable Function<LaneChoice, List<String>> keys,
        @Nullable Function<LaneChoice, String> holding,
        String present) {}
