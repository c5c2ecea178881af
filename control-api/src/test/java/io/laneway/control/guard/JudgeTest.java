package io.laneway.control.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.laneway.control.gateways.Buckets;
import io.laneway.control.gateways.Measure;
import io.laneway.control.guard.Evidence.Counts;
import io.laneway.control.guard.Judge.Figures;
import io.laneway.control.guard.Prometheus.Result;
import io.laneway.control.guard.Verdict.Chances;
import io.laneway.control.guard.Verdict.OfQuery;
import io.laneway.control.guard.Verdict.OfService;
import io.laneway.control.guard.Verdict.Word;
import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guard says of figures, at and beside each of its bounds. */
class JudgeTest {

    private static final Guard GUARD = new Guard(
            Duration.ofMinutes(1), 100, Share.parse("1%"), 1.5, Share.parse("2%"), Duration.ofHours(1), List.of());

    private static Measure measure(long requests, long errors, long fallbacks, double ms) {
        return new Measure(requests, errors, fallbacks, new Buckets(Map.of(ms, requests)));
    }

    /** Evidence that leaves this much of chance to each signal, or a little less. */
    private static ServiceEvidence evidence(double errors, double slowness, double fallbacks) {
        ServiceEvidence evidence = new ServiceEvidence(Measure.NONE, Measure.NONE);
        until(evidence.errors, errors);
        until(evidence.slowness, slowness);
        until(evidence.fallbacks, fallbacks);
        return evidence;
    }

    private static void until(Evidence evidence, double chance) {
        while (evidence.p() > chance) {
            evidence.add(new Counts(10, 2), 0.01, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // requests, errors, ms, base's requests, errors, ms, chance of errors, of slowness: word
        "  99,  99, 100, 1000, 10, 10, 0.000001, 0.000001, HOLD",
        " 100,   2,  10, 1000, 10, 10, 0.000001, 1,        FINE",
        " 100,   3,  10, 1000, 10, 10, 1,        1,        FINE",
        " 100,   3,  10, 1000, 10, 10, 0.2,      1,        HOLD",
        " 100,   3,  10, 1000, 10, 10, 0.001,    1,        WORSE",
        " 100,   1,  10,   99,  0, 10, 0.000001, 0.000001, HOLD",
        "1000,   0, 100, 1000, 10, 10, 1,        0.2,      HOLD",
        "1000,   0, 100, 1000, 10, 10, 1,        0.001,    WORSE",
        "1000,   0, 100, 1000, 10, 10, 1,        1,        FINE",
        "1000,   0,  10, 1000, 10, 100, 1,       0.000001, FINE"
    })
    void aServiceIsWorseBeyondABoundWithEvidenceAndHeldUntilThereIs(
            long requests,
            long errors,
            double ms,
            long baseRequests,
            long baseErrors,
            double baseMs,
            double chanceOfErrors,
            double chanceOfSlowness,
            Word word) {
        Figures figures = new Figures(
                "a", true, measure(requests, errors, 0, ms), measure(baseRequests, baseErrors, 0, baseMs), null);

        OfService said = new Judge(GUARD, 3).of(figures, evidence(chanceOfErrors, chanceOfSlowness, 1));

        assertThat(said.word()).isEqualTo(word);
        assertThat(said.why().isEmpty()).as(said.why()).isEqualTo(word == Word.FINE);
    }

    @ParameterizedTest
    @CsvSource({
        "true,   10, 10, 0.000001, WORSE",
        "true,  200,  4, 0.000001, FINE",
        "true,  200,  5, 0.2,      HOLD",
        "true,  200,  5, 0.001,    WORSE",
        "false, 200, 99, 0.000001, FINE",
        "false,  10, 10, 0.000001, FINE",
        "true,   10,  0, 1,        HOLD"
    })
    void fallingBackCountsOfServicesThatTakePartEvenWhereRequestsAreFew(
            boolean takesPart, long requests, long fallbacks, double chance, Word word) {
        Figures figures =
                new Figures("a", takesPart, measure(requests, 0, fallbacks, 10), measure(1_000, 0, 0, 10), null);

        OfService said = new Judge(GUARD, 3).of(figures, evidence(1, 1, chance));

        assertThat(said.word()).isEqualTo(word);
    }

    @Test
    void theMoreIsLookedAtTheMoreEvidenceIsWanted() {
        Figures figures = new Figures("a", true, measure(100, 3, 0, 10), measure(1_000, 10, 0, 10), null);
        ServiceEvidence evidence = evidence(0.003, 1, 1);

        assertThat(new Judge(GUARD, 3).of(figures, evidence).word()).isEqualTo(Word.WORSE);
        assertThat(new Judge(GUARD, 300).of(figures, evidence).word()).isEqualTo(Word.HOLD);
    }

    @Test
    void baseAsItWasIsComparedWithWhereItHasFewRequestsNow() {
        Measure environment = measure(1_000, 30, 0, 10);
        Baseline known = new Baseline(5_000, 0.029, 10);

        OfService like = new Judge(GUARD, 3)
                .of(new Figures("a", true, environment, measure(5, 0, 0, 10), known), evidence(0.000001, 1, 1));
        OfService unlike = new Judge(GUARD, 3)
                .of(
                        new Figures("a", true, environment, measure(5, 0, 0, 10), new Baseline(5_000, 0.01, 10)),
                        evidence(0.000001, 1, 1));

        assertThat(like.word()).isEqualTo(Word.FINE);
        assertThat(unlike.word()).isEqualTo(Word.WORSE);
    }

    @ParameterizedTest
    @CsvSource({"100, 0, 0.0515", "100, 1, 0.0691", "10000, 100, 0.0126", "1000000, 10000, 0.01023", "0, 0, 0.8445"})
    void aBaselinesBoundIsWilsons(long requests, long errors, double bound) {
        double rate = requests == 0 ? 0 : errors / (double) requests;

        assertThat(new Baseline(requests, rate, 0).bound()).isCloseTo(bound, within(bound / 50));
    }

    @ParameterizedTest
    @CsvSource({"0.99, FINE", "1, FINE", "1.01, WORSE", "Infinity, WORSE"})
    void aQueryMustStayBelowItsBound(double value, Word word) {
        PromQuery query = new PromQuery("up", 1);

        OfQuery said = new Judge(GUARD, 1).of(query, new Result(value, ""));

        assertThat(said.word()).isEqualTo(word);
    }

    @Test
    void aQueryWithoutAValueHolds() {
        OfQuery said = new Judge(GUARD, 1).of(new PromQuery("up", 1), new Result(null, "no value"));

        assertThat(said.word()).isEqualTo(Word.HOLD);
        assertThat(said.why()).isEqualTo("query up: no value");
        assertThat(said.json().getValue("value")).isNull();
    }

    private static OfService service(String name, Word word) {
        String why = word == Word.FINE ? "" : name + " is " + word;
        return new OfService(name, word, why, true, Measure.NONE, Measure.NONE, null, Chances.UNKNOWN);
    }

    @Test
    void theWorstWordCountsAndAtMostThreeReasonsOfItAreNamed() {
        List<OfService> services = new ArrayList<>(List.of(
                service("a", Word.HOLD), service("b", Word.WORSE), service("c", Word.FINE), service("d", Word.WORSE)));
        OfQuery query = new OfQuery("q", 1, 2.0, Word.WORSE, "q is 2");

        assertThat(Verdict.of(List.of(), List.of()).word()).isEqualTo(Word.FINE);
        assertThat(Verdict.of(services.subList(0, 1), List.of()).why()).isEqualTo("a is HOLD");
        assertThat(Verdict.of(services, List.of()).why()).isEqualTo("b is WORSE; d is WORSE");
        services.add(service("e", Word.WORSE));
        assertThat(Verdict.of(services, List.of(query)).why())
                .isEqualTo("b is WORSE; d is WORSE; e is WORSE; and 1 more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{window: 1m}                               | errorRate: missing (expected: errorRate, p99, fallback",
                "{errorRate: 1%, window: 0s}                | window: 0s (expected: above 0)",
                "{errorRate: 1%, maxHold: 0s}               | maxHold: 0s (expected: above 0)",
                "{p99: 0.9}                                 | p99: the number 0.9 (expected: a factor of at least 1",
                "{p99: fast}                                | (expected: a factor of at least 1, such as 1.5)",
                "{errorRate: 1%, minSamples: 0}             | minSamples: the number 0 (expected: a whole number >= 1)",
                "{prometheus: [{query: up}]}                | prometheus[0].max: missing (expected: a number)",
                "{prometheus: [{query: ' ', max: 1}]}       | prometheus[0]"
            })
    void aGuardThatCanMeanNothingIsRefusedWithItsPlace(String document, String problem) {
        Problems problems = Problems.strict();

        Guard.read(Documents.parse(document.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems), problems);

        assertThat(problems.list()).anySatisfy(one -> assertThat(one.toString()).contains(problem));
    }

    @Test
    void aGuardIsReadAsItIsShown() {
        Guard guard = new Guard(
                Duration.ofMinutes(2),
                50,
                null,
                2.0,
                Share.parse("3%"),
                Duration.ofHours(2),
                List.of(new PromQuery("up", 1.5)));
        Problems problems = Problems.strict();

        Guard read = Guard.read(Documents.parseJson(guard.json().toBuffer().getBytes(), problems), problems);

        assertThat(problems.list()).isEmpty();
        assertThat(read).isEqualTo(guard);
    }
}
