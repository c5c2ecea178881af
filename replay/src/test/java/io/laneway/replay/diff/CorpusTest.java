package io.laneway.replay.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.Finding;
import io.laneway.replay.diff.report.Level;
import io.laneway.replay.diff.rules.DiffRules;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fifty planted regressions among the noise of three services. All twenty seeds: -Dlaneway.diff.seeds=20. */
class CorpusTest {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("laneway.diff.seeds", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsThePlantedRegressionsAndNoOthers(long seed) {
        Corpus corpus = new Corpus(seed, true);
        assertThat(corpus.planted()).hasSize(50);

        DiffReport report = compare(corpus);
        Set<String> reported = reported(report);
        Set<String> missed = corpus.planted().entrySet().stream()
                .filter(entry -> !reported.contains(entry.getKey()))
                .map(java.util.Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missed).hasSizeLessThanOrEqualTo(1);
        String wrong = report.findings().stream()
                .filter(it -> it.level() == Level.DIFFERS && !corpus.planted().containsKey(it.endpoint()))
                .map(Finding::toString)
                .collect(Collectors.joining("\n"));
        reported.removeAll(corpus.planted().keySet());
        assertThat(reported)
                .as(wrong)
                .hasSizeLessThanOrEqualTo(report.endpoints().size() / 100);
        assertThat(report.endpoints()).hasSize(150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsNothingWhereTheLaneIsBase(long seed) {
        DiffReport report = compare(new Corpus(100 + seed, false));

        assertThat(reported(report)).as(report.findings().toString()).hasSizeLessThanOrEqualTo(1);
    }

    private static Set<String> reported(DiffReport report) {
        return report.findings().stream()
                .filter(finding -> finding.level() == Level.DIFFERS)
                .map(Finding::endpoint)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DiffReport compare(Corpus corpus) {
        Endpoints endpoints = new Endpoints();
        corpus.requests().forEach(endpoints::learn);
        Comparison comparison = new Comparison(endpoints, DiffRules.NONE);
        corpus.requests().forEach(comparison::add);
        return comparison.report();
    }
}
