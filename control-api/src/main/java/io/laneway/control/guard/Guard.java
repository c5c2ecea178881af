package io.laneway.control.guard;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.unit.Durations;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that a plan's environment must hold against the base lane, service by service. Immutable.
 *
 * @param window     how far back is looked
 * @param minSamples fewer requests of the environment say nothing: hold
 * @param errorRate  the environment's share of 5xx may be so much above the base's, null for any
 * @param p99        the environment's 99th percentile may be so many times the base's, null for any
 * @param fallback   so much of the requests for the environment may fall back, of services that take part in it
 * @param maxHold    a step that was held for so long beyond its pause pauses the plan
 * @param prometheus queries whose values must stay below their bounds
 */
public record Guard(
        Duration window,
        long minSamples,
        @Nullable Share errorRate,
        @Nullable Double p99,
        Share fallback,
        Duration maxHold,
        List<PromQuery> prometheus) {

    private static final Share FALLBACK = Share.parse("1%");
    private static final Duration MAX_HOLD = Duration.ofHours(24);

    public Guard {
        Objects.requireNonNull(fallback, "fallback");
        prometheus = List.copyOf(prometheus);
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("window: " + Durations.format(window) + " (expected: above 0)");
        }
        if (maxHold.isZero() || maxHold.isNegative()) {
            throw new IllegalArgumentException("maxHold: " + Durations.format(maxHold) + " (expected: above 0)");
        }
    }

    public static @Nullable Guard read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Duration window = fields.duration("window", Duration.ofMinutes(1));
        long minSamples = fields.number("minSamples", 1, Long.MAX_VALUE, 100);
        Share errorRate = fields.has("errorRate") ? fields.share("errorRate") : null;
        Double p99 = fields.optionalObject("p99", Guard::ratio);
        boolean some = errorRate != null || fields.has("p99") || fields.has("fallback") || fields.has("prometheus");
        Share fallback = fields.share("fallback", FALLBACK);
        Duration maxHold = fields.duration("maxHold", MAX_HOLD);
        List<PromQuery> prometheus = fields.list("prometheus", PromQuery::read);
        if (!some) {
            fields.problem("errorRate", "missing", "errorRate, p99, fallback, prometheus or several");
        }
        return fields.build(() -> new Guard(window, minSamples, errorRate, p99, fallback, maxHold, prometheus));
    }

    private static @Nullable Double ratio(Node node, Problems problems) {
        String text = io.laneway.router.document.fields.Values.scalar(node, problems);
        try {
            double ratio = text == null ? 1 : Double.parseDouble(text);
            if (ratio >= 1 && ratio <= 1_000) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            problems.add(node, node.described(), "a factor of at least 1, such as 1.5");
            return null;
        }
        problems.add(node, node.described(), "a factor of at least 1, such as 1.5");
        return null;
    }

    /** How much may fall back, from 0 to 1. */
    double fallbackLimit() {
        return part(fallback);
    }

    /** How far the share of errors may be above base's, from 0 to 1; null for any. */
    @Nullable
    Double errorLimit() {
        return errorRate == null ? null : part(errorRate);
    }

    private static double part(Share share) {
        return share.slots() / (double) Share.SLOTS;
    }

    public JsonObject json() {
        JsonObject json =
                new JsonObject().put("window", Durations.format(window)).put("minSamples", minSamples);
        if (errorRate != null) {
            json.put("errorRate", errorRate.toString());
        }
        if (p99 != null) {
            json.put("p99", p99);
        }
        json.put("fallback", fallback.toString()).put("maxHold", Durations.format(maxHold));
        JsonArray queries = new JsonArray();
        prometheus.forEach(query -> queries.add(query.json()));
        return queries.isEmpty() ? json : json.put("prometheus", queries);
    }
}
