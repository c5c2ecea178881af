package io.laneway.kafka.lane;

import io.laneway.router.text.Slug;
import io.laneway.router.unit.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of message lanes; they are among a client's properties, under {@code laneway.}. Immutable.
 *
 * @param lane           the lane of this process, {@code laneway.lane}, else {@code LANEWAY_LANE}; null in the base
 * @param header         {@code laneway.header}, by default {@code trace-branch}
 * @param mode           {@code laneway.mode}, by default {@code AUTO}
 * @param modes          {@code laneway.mode.TOPIC}, for topics that differ
 * @param watchInterval  {@code laneway.watch.interval}, how often lanes' groups are looked at, by default 1 s
 * @param firstLook      {@code laneway.first.look.timeout}, how long a new partition waits for its first look, 10 s
 * @param metadataBytes  {@code laneway.metadata.max.bytes}, the broker's {@code offset.metadata.max.bytes}, 4096
 */
public record LaneSettings(
        @Nullable String lane,
        LaneHeader header,
        Mode mode,
        Map<String, Mode> modes,
        Duration watchInterval,
        Duration firstLook,
        int metadataBytes) {

    /** What all keys begin with. */
    public static final String PREFIX = "laneway.";

    private static final String MODE_PREFIX = "laneway.mode.";
    private static final Set<String> KEYS = Set.of(
            "laneway.lane",
            "laneway.base",
            "laneway.header",
            "laneway.topics",
            "laneway.mode",
            "laneway.watch.interval",
            "laneway.first.look.timeout",
            "laneway.metadata.max.bytes");

    public LaneSettings {
        modes = Map.copyOf(modes);
        positive("laneway.watch.interval", watchInterval);
        positive("laneway.first.look.timeout", firstLook);
        if (metadataBytes < 256) {
            throw new IllegalArgumentException("laneway.metadata.max.bytes: " + metadataBytes + " (expected: >= 256)");
        }
    }

    /**
     * Reads the settings.
     *
     * @param properties  of the client; others than ours are not looked at
     * @param environment usually {@link System#getenv()}
     * @throws IllegalArgumentException naming the first wrong key
     */
    public static LaneSettings of(Map<String, ?> properties, Map<String, String> environment) {
        Map<String, String> own = own(properties);
        String base = own.getOrDefault("laneway.base", "master");
        String lane = own.getOrDefault("laneway.lane", environment.getOrDefault("LANEWAY_LANE", ""));
        boolean none = lane.isBlank() || Slug.of(lane).equals(Slug.of(base));
        return new LaneSettings(
                none ? null : Slug.requireName("laneway.lane", lane),
                new LaneHeader(own.getOrDefault("laneway.header", LaneHeader.DEFAULT.name())),
                Mode.parse("laneway.mode", own.getOrDefault("laneway.mode", "AUTO")),
                modes(own),
                duration(own, "laneway.watch.interval", "1s"),
                duration(own, "laneway.first.look.timeout", "10s"),
                number(own, "laneway.metadata.max.bytes", 4096));
    }

    /** A client's properties without ours, which it would warn about. */
    public static Map<String, Object> without(Map<String, ?> properties) {
        Map<String, Object> rest = new HashMap<>(properties);
        rest.keySet().removeIf(key -> key.startsWith(PREFIX));
        return rest;
    }

    /** The slug of this process's lane, null in the base. */
    public @Nullable String slug() {
        return lane == null ? null : Slug.of(lane);
    }

    /** The mode of a topic. */
    public Mode mode(String topic) {
        return modes.getOrDefault(topic, mode);
    }

    private static Map<String, String> own(Map<String, ?> properties) {
        Map<String, String> own = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && value != null) {
                if (!KEYS.contains(key) && !key.startsWith(MODE_PREFIX)) {
                    throw new IllegalArgumentException(key + ": unknown (expected: one of " + KEYS + ")");
                }
                own.put(key, value.toString());
            }
        });
        return own;
    }

    private static Map<String, Mode> modes(Map<String, String> own) {
        Map<String, Mode> modes = new HashMap<>();
        own.forEach((key, value) -> {
            if (key.startsWith(MODE_PREFIX)) {
                modes.put(key.substring(MODE_PREFIX.length()), Mode.parse(key, value));
            }
        });
        return modes;
    }

    private static Duration duration(Map<String, String> own, String key, String otherwise) {
        try {
            return Durations.parse(own.getOrDefault(key, otherwise));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private static int number(Map<String, String> own, String key, int otherwise) {
        String text = own.get(key);
        try {
            return text == null ? otherwise : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": '" + text + "' (expected: a whole number)", e);
        }
    }

    private static void positive(String key, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(key + ": " + duration + " (expected: above 0)");
        }
    }
}
