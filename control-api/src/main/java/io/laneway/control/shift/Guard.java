package io.laneway.control.shift;

import io.laneway.control.gateways.Measures.Measure;
import io.laneway.control.gateways.Measures.Served;
import io.laneway.router.document.Fields;
import io.laneway.router.document.Node;
import io.laneway.router.document.Problems;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that a plan's environment must hold against the base lane, service by service. Immutable.
 *
 * @param window     how far back is looked
 * @param minSamples fewer requests of the environment say nothing: hold
 * @param errorRate  the environment's share of 5xx may be so much above the base's, null for any
 * @param p99        the environment's 99th percentile may be so many times the base's, null for any
 */
record Guard(
        Duration window,
        long minSamples,
        @Nullable Share errorRate,
        @Nullable Double p99) {

    /** What a look at the measurements says. */
    enum Word {
        FINE,
        HOLD,
        WORSE
    }

    /** A word and why. Immutable. */
    record Verdict(Word word, String why) {}

    Guard {
        Objects.requireNonNull(window, "window");
        if (window.isZero()) {
            throw new IllegalArgumentException("window: 0s (expected: above 0)");
        }
    }

    static @Nullable Guard read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Duration window = fields.duration("window", Duration.ofMinutes(1));
        long minSamples = fields.number("minSamples", 1, Long.MAX_VALUE, 100);
        Share errorRate = fields.has("errorRate") ? fields.share("errorRate") : null;
        Double p99 = fields.optionalObject("p99", Guard::ratio);
        if (errorRate == null && p99 == null) {
            fields.problem("errorRate", "missing", "errorRate, p99 or both");
        }
        return fields.build(() -> new Guard(window, minSamples, errorRate, p99));
    }

    private static @Nullable Double ratio(Node node, Problems problems) {
        String text = io.laneway.router.document.Values.scalar(node, problems);
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

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("window", io.laneway.router.unit.Durations.format(window))
                .put("minSamples", minSamples);
        if (errorRate != null) {
            json.put("errorRate", errorRate.toString());
        }
        return p99 == null ? json : json.put("p99", p99);
    }

    /** The base lane's share of errors, for each service of which enough was measured. */
    Map<String, Double> rates(Map<Served, Measure> measured, String base) {
        Map<String, Double> rates = new TreeMap<>();
        byService(measured, base).forEach((service, measure) -> {
            if (measure.requests() >= minSamples) {
                rates.put(service, measure.errorRate());
            }
        });
        return rates;
    }

    /**
     * Compares an environment with the base lane. One service that is worse is enough; all with few samples hold.
     *
     * @param before the base lane's share of errors when it had requests, for services of which it has few now
     */
    Verdict judge(Map<Served, Measure> measured, String environment, String base, Map<String, Double> before) {
        Map<String, Measure> gray = byService(measured, environment);
        Map<String, Measure> stable = byService(measured, base);
        long most = 0;
        for (Map.Entry<String, Measure> entry : gray.entrySet()) {
            Measure now = entry.getValue();
            most = Math.max(most, now.requests());
            if (now.requests() >= minSamples) {
                Measure then = stable.getOrDefault(entry.getKey(), Measure.NONE);
                Double known = then.requests() < minSamples ? before.get(entry.getKey()) : null;
                double rate = known == null ? then.errorRate() : known;
                String worse = worse(entry.getKey(), now, then, rate);
                if (worse != null) {
                    return new Verdict(Word.WORSE, worse);
                }
            }
        }
        return most < minSamples
                ? new Verdict(Word.HOLD, "too few requests: " + most + " (expected: >= " + minSamples + ")")
                : new Verdict(Word.FINE, "");
    }

    private @Nullable String worse(String service, Measure now, Measure stable, double rate) {
        if (errorRate != null && now.errorRate() - rate > errorRate.slots() / (double) Share.SLOTS) {
            return String.format(
                    Locale.ROOT,
                    "%s answers %.2f%% errors, base %.2f%% (expected: at most %s more; %d requests)",
                    service,
                    100 * now.errorRate(),
                    100 * rate,
                    errorRate,
                    now.requests());
        }
        double p = now.quantile(0.99);
        double s = stable.quantile(0.99);
        if (p99 != null && stable.requests() >= minSamples && p > p99 * s) {
            return String.format(
                    Locale.ROOT,
                    "%s has a p99 of %.0f ms, base %.0f ms (expected: at most %.2f times)",
                    service,
                    p,
                    s,
                    p99);
        }
        return null;
    }

    private static Map<String, Measure> byService(Map<Served, Measure> measured, String lane) {
        Map<String, Measure> services = new TreeMap<>();
        measured.forEach((served, measure) -> {
            if (Slug.of(served.lane()).equals(Slug.of(lane))) {
                services.merge(served.service(), measure, Measure::plus);
            }
        });
        return services;
    }
}
