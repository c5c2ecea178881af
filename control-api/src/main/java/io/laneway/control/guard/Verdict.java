package io.laneway.control.guard;

import io.laneway.control.gateways.Measure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a guard makes of the measurements: the worst word of its parts, and why. Immutable.
 *
 * @param why empty where it is fine
 */
public record Verdict(Word word, String why, List<OfService> services, List<OfQuery> queries) {

    /** What a look at the measurements says, from good to bad. */
    public enum Word {
        FINE,
        HOLD,
        WORSE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int REASONS = 3;

    /** Without a guard. */
    static final Verdict NONE = new Verdict(Word.FINE, "", List.of(), List.of());

    public Verdict {
        services = List.copyOf(services);
        queries = List.copyOf(queries);
    }

    /** The verdict over all parts; the reasons are those of the parts with its word. */
    public static Verdict of(List<OfService> services, List<OfQuery> queries) {
        Word worst = Word.FINE;
        for (OfService one : services) {
            worst = one.word().compareTo(worst) > 0 ? one.word() : worst;
        }
        for (OfQuery one : queries) {
            worst = one.word().compareTo(worst) > 0 ? one.word() : worst;
        }
        Word word = worst;
        List<String> reasons = new ArrayList<>();
        services.stream().filter(one -> one.word() == word).forEach(one -> reasons.add(one.why()));
        queries.stream().filter(one -> one.word() == word).forEach(one -> reasons.add(one.why()));
        reasons.removeIf(String::isEmpty);
        String why = reasons.stream().limit(REASONS).collect(Collectors.joining("; "));
        int more = reasons.size() - REASONS;
        return new Verdict(word, more > 0 ? why + "; and " + more + " more" : why, services, queries);
    }

    /** The same, but that the step is held. */
    Verdict holding(String reason) {
        return new Verdict(Word.HOLD, reason, services, queries);
    }

    /**
     * What is said of one service. Immutable.
     *
     * @param takesPart   whether the environment has it
     * @param environment requests that asked for the environment, within the window
     * @param base        requests that asked for base, within the window
     * @param known       base as it was in a step before, where it has few requests now
     * @param chances     bounds of the chance to see as much of errors, slowness and falling back if it is not worse
     */
    public record OfService(
            String service,
            Word word,
            String why,
            boolean takesPart,
            Measure environment,
            Measure base,
            @Nullable Baseline known,
            Chances chances) {

        JsonObject json() {
            JsonObject json = new JsonObject()
                    .put("service", service)
                    .put("verdict", word.word())
                    .put("why", why)
                    .put("takesPart", takesPart)
                    .put("environment", figures(environment).put("fallbacks", environment.fallbacks()))
                    .put("base", figures(base))
                    .put("p", chances.json());
            return known == null ? json : json.put("baseBefore", known.json());
        }

        private static JsonObject figures(Measure measure) {
            double p99 = measure.latency().quantile(0.99);
            JsonObject json = new JsonObject()
                    .put("requests", measure.requests())
                    .put("errors", measure.errors())
                    .put("errorRate", rounded(measure.errorRate(), 1e6));
            return Double.isNaN(p99) ? json : json.put("p99", rounded(p99, 1e3));
        }

        private static double rounded(double value, double to) {
            return Math.rint(value * to) / to;
        }
    }

    /** Bounds of chances, each from 0 to 1. Immutable. */
    public record Chances(double errors, double p99, double fallback) {

        static final Chances UNKNOWN = new Chances(1, 1, 1);

        JsonObject json() {
            return new JsonObject().put("errors", errors).put("p99", p99).put("fallback", fallback);
        }
    }

    /**
     * What is said of a query. Immutable.
     *
     * @param value null if it gave none
     */
    public record OfQuery(
            String query, double max, @Nullable Double value, Word word, String why) {

        JsonObject json() {
            JsonObject json = new JsonObject().put("query", query).put("max", max);
            // JSON has no infinite numbers.
            Object shown = value == null || Double.isFinite(value) ? value : value.toString();
            return json.put("value", shown).put("verdict", word.word()).put("why", why);
        }
    }

    /** As the API shows it. */
    public JsonObject json() {
        JsonArray list = new JsonArray();
        services.forEach(one -> list.add(one.json()));
        JsonObject json =
                new JsonObject().put("verdict", word.word()).put("why", why).put("services", list);
        JsonArray asked = new JsonArray();
        queries.forEach(one -> asked.add(one.json()));
        return asked.isEmpty() ? json : json.put("prometheus", asked);
    }
}
