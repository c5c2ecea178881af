package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboards ask for metrics that exist, and each alert has its runbook and its tests. */
class MonitoringTest {

    private static final Pattern NAME = Pattern.compile("\\blaneway_[a-z_]+");
    private static final Pattern RECORDED = Pattern.compile("\\blaneway:[a-z0-9_:]+");
    private static final String SUFFIXES = "(_bucket|_count|_sum)$";

    @Test
    void theOperatorsRulesAreThoseOfThePlainFile() {
        assertThat(Monitoring.groups("prometheusrule.yaml", "spec", "groups"))
                .isEqualTo(Monitoring.groups("rules.yaml", "groups"));
    }

    @Test
    void rulesAndDashboardsAskForMetricsThatExist() {
        Set<String> known = new TreeSet<>(Page.of("docs/reference/metrics.md").codeInColumn(1));
        Page.of("docs/reference/messages.md").codeInColumn(1).stream()
                .filter(meter -> meter.startsWith("laneway.messages."))
                .map(meter -> meter.replace('.', '_'))
                .forEach(meter -> known.addAll(List.of(meter, meter + "_total")));
        assertThat(queries())
                .isNotEmpty()
                .allSatisfy(query -> assertThat(names(NAME, query))
                        .allSatisfy(name -> assertThat(known).contains(name.replaceFirst(SUFFIXES, ""))));
    }

    @Test
    void whatRulesTakeFromRulesIsRecorded() {
        Set<String> recorded = Monitoring.rules().stream()
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> rule.getString("record"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(queries().stream().flatMap(query -> names(RECORDED, query).stream()))
                .isNotEmpty()
                .allMatch(recorded::contains);
    }

    @Test
    void eachAlertHasItsRunbookAndItsTests() {
        Page page = Page.of("docs/how-to/alerts.md");
        Set<String> alerts = alerts();
        assertThat(page.lines())
                .filteredOn(line -> line.startsWith("### "))
                .extracting(line -> line.substring(4))
                .containsExactlyInAnyOrderElementsOf(alerts);
        for (var rule : Monitoring.rules()) {
            if (rule.containsKey("alert")) {
                assertThat(rule.getJsonObject("annotations").getString("runbook"))
                        .isEqualTo("docs/how-to/alerts.md#"
                                + rule.getString("alert").toLowerCase(Locale.ROOT));
            }
        }
        String tests = resource();
        assertThat(alerts)
                .allSatisfy(alert -> assertThat(tests.split("alertname: " + alert + "\n"))
                        .as("where %s fires and where it does not", alert)
                        .hasSizeGreaterThanOrEqualTo(3));
    }

    /** Prometheus' own tool, where it is installed. */
    @Test
    void alertsFireWhereTheyMustAndOnlyThere(@TempDir Path folder) throws Exception {
        assumeTrue(Programs.has("promtool"), "skipped: no promtool on the PATH (Debian: prometheus)");
        Files.writeString(folder.resolve("rules.yaml"), Monitoring.text("rules.yaml"));
        Files.writeString(folder.resolve("rules-test.yaml"), resource());
        Programs.Ended ended = Programs.run(folder, List.of("promtool", "test", "rules", "rules-test.yaml"));
        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    private static Set<String> alerts() {
        return Monitoring.rules().stream()
                .filter(rule -> rule.containsKey("alert"))
                .map(rule -> rule.getString("alert"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> queries() {
        List<String> queries = new ArrayList<>();
        Monitoring.rules().forEach(rule -> queries.add(rule.getString("expr")));
        Monitoring.BOARDS.forEach(board -> Monitoring.panels(board).forEach(panel -> queries.addAll(panel.queries())));
        return queries;
    }

    private static Set<String> names(Pattern pattern, String query) {
        return pattern.matcher(query)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String resource() {
        try (var in = MonitoringTest.class.getResourceAsStream("/monitoring/rules-test.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
