package io.laneway.control.guard;

import io.laneway.control.gateways.Measure;
import io.laneway.control.guard.Verdict.Chances;
import io.laneway.control.guard.Verdict.OfQuery;
import io.laneway.control.guard.Verdict.OfService;
import io.laneway.control.guard.Verdict.Word;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what a service's figures mean under a guard. It is worse where it is beyond a bound within the window and the
 * evidence is significant; where it is beyond and the evidence is building up, the step is held. Immutable.
 *
 * @param parts how many services and signals are looked at, so that all together err as rarely as one may
 */
record Judge(Guard guard, int parts) {

    /** The chance that a plan is aborted whose environment is not worse, over its whole life. */
    private static final double ERRS = 0.01;

    private static final double SUSPECT = 1 / 3.0;

    /** The figures of one service. Immutable. */
    record Figures(
            String service,
            boolean takesPart,
            Measure environment,
            Measure base,
            @Nullable Baseline known) {

        Figures against(Baseline other) {
            return new Figures(service, takesPart, environment, base, other);
        }
    }

    OfService of(Figures it, @Nullable ServiceEvidence evidence) {
        Chances chances = evidence == null
                ? Chances.UNKNOWN
                : new Chances(evidence.errors.p(), evidence.slowness.p(), evidence.fallbacks.p());
        String fallen = it.takesPart() ? fallen(it) : "";
        if (!fallen.isEmpty() && chances.fallback() <= ERRS / parts) {
            return verdict(it, Word.WORSE, fallen, chances);
        }
        if (it.environment().requests() < guard.minSamples()) {
            String few = it.service() + ": too few requests: "
                    + it.environment().requests() + " (expected: >= " + guard.minSamples() + ")";
            return verdict(it, it.takesPart() ? Word.HOLD : Word.FINE, it.takesPart() ? few : "", chances);
        }
        if (it.base().requests() < guard.minSamples() && it.known() == null && compares()) {
            String few = it.service() + ": base has too few requests to compare with: "
                    + it.base().requests() + " (expected: >= " + guard.minSamples() + ")";
            return verdict(it, Word.HOLD, few, chances);
        }
        OfService errors = beyond(it, errors(it), chances.errors(), chances);
        OfService slow = beyond(it, slow(it), chances.p99(), chances);
        OfService fallback = beyond(it, fallen, chances.fallback(), chances);
        OfService worst = errors.word().compareTo(slow.word()) >= 0 ? errors : slow;
        return worst.word().compareTo(fallback.word()) >= 0 ? worst : fallback;
    }

    private boolean compares() {
        return guard.errorRate() != null || guard.p99() != null;
    }

    private static OfService verdict(Figures it, Word word, String why, Chances chances) {
        return new OfService(it.service(), word, why, it.takesPart(), it.environment(), it.base(), it.known(), chances);
    }

    private OfService beyond(Figures it, String why, double chance, Chances chances) {
        if (why.isEmpty() || chance > SUSPECT) {
            return verdict(it, Word.FINE, "", chances);
        }
        return chance <= ERRS / parts
                ? verdict(it, Word.WORSE, why, chances)
                : verdict(it, Word.HOLD, why + ", not yet significant", chances);
    }

    private String errors(Figures it) {
        Double limit = guard.errorLimit();
        double rate = it.known() == null ? it.base().errorRate() : it.known().errorRate();
        double now = it.environment().errorRate();
        return limit == null || now - rate <= limit
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s has %.2f%% errors, base %.2f%% (expected: at most %s more; %d requests)",
                        it.service(),
                        100 * now,
                        100 * rate,
                        guard.errorRate(),
                        it.environment().requests());
    }

    private String slow(Figures it) {
        Double factor = guard.p99();
        double now = it.environment().latency().quantile(0.99);
        double stable = it.known() == null
                ? it.base().latency().quantile(0.99)
                : it.known().p99();
        return factor == null || Double.isNaN(now) || Double.isNaN(stable) || stable <= 0 || now <= factor * stable
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s has a p99 of %.1f ms, base %.1f ms (expected: at most %.2f times)",
                        it.service(),
                        now,
                        stable,
                        factor);
    }

    private String fallen(Figures it) {
        double rate = it.environment().fallbackRate();
        return rate <= guard.fallbackLimit()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s falls back with %.2f%% of its requests (expected: at most %s; %d requests)",
                        it.service(),
                        100 * rate,
                        guard.fallback(),
                        it.environment().requests());
    }

    OfQuery of(PromQuery query, Prometheus.Result result) {
        Double value = result.highest();
        if (value == null) {
            String why = "query " + query.query() + ": " + result.problem();
            return new OfQuery(query.query(), query.max(), null, Word.HOLD, why);
        }
        return value <= query.max()
                ? new OfQuery(query.query(), query.max(), value, Word.FINE, "")
                : new OfQuery(
                        query.query(),
                        query.max(),
                        value,
                        Word.WORSE,
                        "query " + query.query() + " is " + value + " (expected: at most " + query.max() + ")");
    }
}
