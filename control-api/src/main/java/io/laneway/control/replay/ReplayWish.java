package io.laneway.control.replay;

import io.laneway.router.codec.replay.ReplayRulesForm;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.replay.ReplayRules;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A replay as a client wants it. Immutable.
 *
 * @param gateway  which is to do it; null for the one that can
 * @param to       where requests go; null for the gateway itself
 * @param listener of the gateway that they go to where there is no {@code to}; null for the one for services
 * @param against  the lane that safe requests go to before and after; null for none
 * @param rate     a multiple of the recorded speed or a fixed rate
 * @param safe     requests that change nothing, as methods with paths
 * @param host     asked for instead of the recorded ones; null to keep these
 * @param within   after which it ends
 * @param rules    how what comes back is compared; null for no rules
 * @param descriptors of protobuf, in Base64, by which messages are compared by field; null for none
 */
record ReplayWish(
        String recording,
        @Nullable String gateway,
        @Nullable String to,
        @Nullable String listener,
        String lane,
        @Nullable String against,
        String rate,
        int times,
        List<String> safe,
        boolean unsafe,
        boolean insecure,
        @Nullable String host,
        int inFlight,
        Duration timeout,
        Duration within,
        @Nullable ReplayRules rules,
        @Nullable String descriptors) {

    private static final String KIND = "replay";
    private static final String RULES = "replay-rules";
    private static final String MESSAGES = "replay-messages";
    private static final Pattern RATE = Pattern.compile("(?!0*(\\.0*)?(x|/s))\\d{1,9}(\\.\\d{1,9})?(x|/s)");
    private static final Pattern SAFE = Pattern.compile("[A-Z]{1,20} /\\S{0,1000}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,255}");
    private static final int MOST_SAFE = 100;
    private static final int MOST_TIMES = 100;
    private static final int MOST_IN_FLIGHT = 256;
    private static final int IN_FLIGHT = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration WITHIN = Duration.ofHours(1);
    private static final Duration MOST_WITHIN = Duration.ofHours(24);
    private static final int MOST_RULES = 128 << 10;

    /** 50 rows are kept, each with its order. */
    private static final int MOST_DESCRIPTORS = 512 << 10;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    ReplayWish {
        safe = List.copyOf(safe);
    }

    /** Reads the body of {@code POST /v1/replays}. */
    static @Nullable ReplayWish read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String recording = fields.text("recording");
        if (!recording.isEmpty() && Slug.of(recording).isEmpty()) {
            fields.problem("recording", "'" + recording + "'", "the name of a recording");
        }
        String to = fields.optionalText("to");
        if (to != null && !isUrl(to)) {
            fields.problem("to", to, "a URL such as https://gateway:8443, without a path");
        }
        String listener = fields.optionalText("listener");
        if (to != null && listener != null) {
            fields.problem("listener", listener, "either to or listener");
        }
        String lane = fields.text("lane");
        String against = fields.optionalText("against");
        if (against != null && Slug.of(against).equals(Slug.of(lane))) {
            fields.problem("against", against, "another lane than that of the replay, such as the base lane");
        }
        String rate = matching(fields, "rate", "1x", RATE, "1x, 4x or 200/s");
        List<String> safe = fields.texts("safe", List.of());
        if (safe.size() > MOST_SAFE
                || !safe.stream().allMatch(one -> SAFE.matcher(one).matches())) {
            fields.problem(
                    "safe",
                    String.join(", ", safe),
                    "at most " + MOST_SAFE + " methods with paths such as \"POST /shop.Orders/Get*\"");
        }
        String host = fields.has("host") ? matching(fields, "host", "", HOST, "a host") : null;
        String gateway = fields.optionalText("gateway");
        int times = fields.integer("times", 1, MOST_TIMES, 1);
        boolean unsafe = fields.bool("unsafe", false);
        boolean insecure = fields.bool("insecure", false);
        int inFlight = fields.integer("inFlight", 1, MOST_IN_FLIGHT, IN_FLIGHT);
        Duration timeout = bounded(fields, "timeout", TIMEOUT, MOST_TIMEOUT);
        Duration within = bounded(fields, "within", WITHIN, MOST_WITHIN);
        ReplayRules rules = fields.optionalObject("rules", ReplayRulesForm.FORM);
        String descriptors = fields.optionalText("descriptors");
        compared(fields, against, rules, descriptors);
        return fields.build(() -> new ReplayWish(
                recording,
                gateway,
                to,
                listener,
                lane,
                against,
                rate,
                times,
                safe,
                unsafe,
                insecure,
                host,
                inFlight,
                timeout,
                within,
                rules,
                descriptors));
    }

    private static void compared(
            Fields fields, @Nullable String against, @Nullable ReplayRules rules, @Nullable String descriptors) {
        if (against == null && rules != null && rules.areOfComparisons()) {
            fields.problem("rules", "without against", "against as well, or values: nothing is compared else");
        }
        if (against == null && descriptors != null) {
            fields.problem("descriptors", "without against", "against as well: nothing is compared else");
        }
        if (rules != null && ReplayRulesForm.FORM.json(rules).length() > MOST_RULES) {
            fields.problem("rules", "more than " + MOST_RULES + " characters", "at most that");
        }
        if (descriptors != null && !isSet(descriptors)) {
            fields.problem(
                    "descriptors",
                    descriptors.length() + " characters",
                    "at most " + MOST_DESCRIPTORS + " of Base64, of what protoc --include_imports"
                            + " --descriptor_set_out writes");
        }
    }

    private static boolean isSet(String descriptors) {
        try {
            return descriptors.length() <= MOST_DESCRIPTORS
                    && Base64.getDecoder().decode(descriptors).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String matching(Fields fields, String key, String otherwise, Pattern pattern, String expected) {
        String text = fields.text(key, otherwise);
        if (!pattern.matcher(text).matches()) {
            fields.problem(key, "'" + text + "'", expected);
        }
        return text;
    }

    private static Duration bounded(Fields fields, String key, Duration otherwise, Duration most) {
        Duration duration = fields.duration(key, otherwise);
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(most) > 0) {
            fields.problem(key, Durations.format(duration), "1s to " + Durations.format(most));
        }
        return duration;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath() == null || uri.getRawPath().matches("/?"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The kind of order that it is: gateways take those that they know all of. */
    static String kind(JsonObject wish) {
        return wish.containsKey("descriptors") ? MESSAGES : wish.containsKey("rules") ? RULES : KIND;
    }

    /** As it is shown, and as its gateway gets it once {@code gateway} names that one. */
    JsonObject json() {
        JsonObject json = new JsonObject().put("recording", recording).put("gateway", gateway);
        put(json, "to", to);
        put(json, "listener", listener);
        json.put("lane", lane);
        put(json, "against", against);
        json.put("rate", rate)
                .put("times", times)
                .put("safe", new JsonArray(safe))
                .put("unsafe", unsafe)
                .put("insecure", insecure);
        put(json, "host", host);
        json.put("inFlight", inFlight)
                .put("timeout", Durations.format(timeout))
                .put("within", Durations.format(within));
        if (rules != null) {
            json.put("rules", new JsonObject(ReplayRulesForm.FORM.json(rules)));
        }
        put(json, "descriptors", descriptors);
        return json;
    }

    private static void put(JsonObject json, String key, @Nullable String value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
