package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.telemetry.metrics.Exposition.Format;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private static final Pattern SAMPLE = Pattern.compile(
            "[a-z_]+(\\{[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\"(,[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\")*\\})? [-+0-9.eE]+");

    @Test
    void escapesLabelValues() {
        Exposition out = new Exposition(Format.PROMETHEUS);
        out.gauge("x", "Help.").sample(1, "a", "b\\c\"d\ne");

        assertThat(out.end()).isEqualTo("# HELP x Help.\n# TYPE x gauge\nx{a=\"b\\\\c\\\"d\\ne\"} 1\n");
    }

    @Test
    void openMetricsNamesCounterFamiliesWithoutTotalAndEndsWithEof() {
        Exposition out = new Exposition(Format.OPEN_METRICS);
        out.counter("x_total", "Help.").sample(1);

        assertThat(out.end()).isEqualTo("# HELP x Help.\n# TYPE x counter\nx_total 1\n# EOF\n");
    }

    @Test
    void speaksOpenMetricsOnlyIfAsked() {
        assertThat(Format.accepted("text/plain")).isEqualTo(Format.PROMETHEUS);
        assertThat(Format.accepted("application/openmetrics-text;version=1.0.0,*/*;q=0.1"))
                .isEqualTo(Format.OPEN_METRICS);
    }

    @Test
    void everyLineOfTheProcessMetricsIsWellFormed() {
        Exposition out = new Exposition(Format.PROMETHEUS);
        new ProcessMetrics("1.0").write(out);
        List<String> samples =
                out.end().lines().filter(line -> !line.startsWith("#")).toList();

        assertThat(samples)
                .hasSizeGreaterThan(8)
                .allMatch(line -> SAMPLE.matcher(line).matches());
        assertThat(out.end()).contains("laneway_build_info{version=\"1.0\"");
    }
}
