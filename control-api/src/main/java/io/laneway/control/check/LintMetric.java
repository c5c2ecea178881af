package io.laneway.control.check;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metric {@code laneway_lint_findings{rule}}: how much is odd, by rule. Confined to one thread. */
public final class LintMetric {

    private final List<LintSource> sources;
    private final MultiGauge gauge;

    public LintMetric(List<LintSource> sources, MeterRegistry registry) {
        this.sources = List.copyOf(sources);
        this.gauge = MultiGauge.builder("laneway_lint_findings")
                .description("What is allowed and probably not meant, by rule")
                .register(registry);
    }

    /** Counts again. A rule without a finding has no series. */
    public void count(LaneTable table) {
        Map<String, Integer> counts = new TreeMap<>();
        sources.forEach(
                source -> source.findings(table).forEach(finding -> counts.merge(finding.rule(), 1, Integer::sum)));
        List<Row<?>> rows = new ArrayList<>();
        counts.forEach((rule, count) -> rows.add(Row.of(Tags.of("rule", rule), count)));
        gauge.register(rows, true);
    }
}
