package io.laneway.control.check;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metric {@code laneway_lint_findings{rule}}: how much is odd, by rule. Confined to one thread, but for reading. */
public final class LintMetric {

    private final List<LintSource> sources;
    private volatile Map<String, Integer> counts = Map.of();

    public LintMetric(List<LintSource> sources, PrometheusRegistry registry) {
        this.sources = List.copyOf(sources);
        GaugeWithCallback.builder()
                .name("laneway_lint_findings")
                .help("What is allowed and probably not meant, by rule")
                .labelNames("rule")
                .callback(gauge -> counts.forEach((rule, count) -> gauge.call(count, rule)))
                .register(registry);
    }

    /** Counts again. A rule without a finding has no series. */
    public void count(LaneTable table) {
        Map<String, Integer> found = new TreeMap<>();
        sources.forEach(
                source -> source.findings(table).forEach(finding -> found.merge(finding.rule(), 1, Integer::sum)));
        counts = found;
    }
}
