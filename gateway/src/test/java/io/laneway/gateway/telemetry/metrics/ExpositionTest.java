package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.telemetry.metrics.Exposition.Format;
import io.laneway.gateway.testkit.Scrape;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private static final Pattern SAMPLE = Pattern.compile(
            "[a-z_]+(\\{[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\"(,[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\")*\\})? [-+0-9.eE]+");

    @Test
    void escapesLabelValues() {
        String text = Scrape.of(out -> out.gauge("x", "Help.").sample(1, "a", "b\\c\"d\ne"));

        assertThat(text).isEqualTo("# HELP x Help.\n# TYPE x gauge\nx{a=\"b\\\\c\\\"d\\ne\"} 1.0\n");
    }

    @Test
    void openMetricsNamesCounterFamiliesWithoutTotalAndEndsWithEof() {
        String text = Scrape.of(out -> out.counter("x_total", "Help.").sample(1), Format.OPEN_METRICS);

        assertThat(text).isEqualTo("# TYPE x counter\n# HELP x Help.\nx_total 1.0\n# EOF\n");
    }

    @Test
    void escapesTheHelpTooSoThatNoTextEndsItsLine() {
        assertThat(Scrape.of(out -> out.gauge("x", "a\nb").sample(1))).contains("# HELP x a\\nb\n");
    }

    @Test
    void ofSamplesWithTheSameLabelsTheFirstCountsAndTheRestOfTheTextStands() {
        String text = Scrape.of(out -> {
            out.gauge("x", "Help.").sample(1, "a", "b");
            out.sample(2, "a", "b");
            out.gauge("y", "Help.").sample(3, "a", "b");
        });

        assertThat(text).contains("x{a=\"b\"} 1.0\n", "y{a=\"b\"} 3.0\n").doesNotContain("2.0");
    }

    @Test
    void cumulatesTheBucketsOfAHistogram() {
        String text = Scrape.of(out -> out.histogram("x_seconds", "Help.")
                .distribution(new double[] {0.5, 1}, new long[] {2, 0, 3}, 7.5, "lane", "f-1"));

        assertThat(text)
                .contains(
                        "x_seconds_bucket{lane=\"f-1\",le=\"0.5\"} 2\n",
                        "x_seconds_bucket{lane=\"f-1\",le=\"1.0\"} 2\n",
                        "x_seconds_bucket{lane=\"f-1\",le=\"+Inf\"} 5\n",
                        "x_seconds_count{lane=\"f-1\"} 5\n",
                        "x_seconds_sum{lane=\"f-1\"} 7.5\n");
    }

    @Test
    void speaksOpenMetricsOnlyIfAsked() {
        assertThat(Format.accepted("text/plain")).isEqualTo(Format.PROMETHEUS);
        assertThat(Format.accepted("application/openmetrics-text;version=1.0.0,*/*;q=0.1"))
                .isEqualTo(Format.OPEN_METRICS);
    }

    @Test
    void everyLineOfTheProcessMetricsIsWellFormed() {
        String text = Scrape.of(new ProcessMetrics("1.0"));
        List<String> samples =
                text.lines().filter(line -> !line.startsWith("#")).toList();

        assertThat(samples)
                .hasSizeGreaterThan(8)
                .allMatch(line -> SAMPLE.matcher(line).matches());
        assertThat(text).contains("laneway_build_info{", "version=\"1.0\"");
    }
}
