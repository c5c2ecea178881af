package io.laneway.control.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.table.Bodies;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with a table that breaks it and one that just does not. */
class TableLintTest {

    /** A table of which nothing is to be said. */
    private static final String CLEAN = """
        lanes: [{name: f-1}, {name: mid}, {name: f-2, parent: mid}, {name: G0}]
        services:
        - {name: a, deployments: [{lane: master, endpoints: ["127.0.0.1:1"]}, {lane: F-1, endpoints: ["127.0.0.1:2"]},
             {lane: f-2, endpoints: ["127.0.0.1:3"]}, {lane: g0, endpoints: ["127.0.0.1:4"]}]}
        routes: [{path: /a, service: a}]
        shifts: [{name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "5%"}]}]
        """;

    private static LaneTable table(String document) {
        Problems problems = Problems.strict();
        Node node = Documents.parse(document.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems);
        LaneTable table = TableReader.table(node, problems);
        assertThat(problems.list()).isEmpty();
        return table;
    }

    private static List<String> findings(String document) {
        return new TableLint()
                .findings(table(document)).stream()
                        .map(finding -> finding.rule() + ": " + finding.subject())
                        .toList();
    }

    @Test
    void aTableThatIsMeantAsItIsHasNoFinding() {
        assertThat(findings(CLEAN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{name: mid}|{name: mid}, {name: empty}|lane-without-deployments: lane empty",
                ", parent: mid||lane-without-deployments: lane mid",
                "{lane: master, endpoints: [\"127.0.0.1:1\"]}, ||service-without-base: service a",
                "{lane: F-1, endpoints: [\"127.0.0.1:2\"]}|{lane: F-1, endpoints: []}"
                        + "|deployment-without-endpoints: service a lane F-1",
                "\"127.0.0.1:2\"|{address: \"127.0.0.1:2\", ready: false}"
                        + "|deployment-without-endpoints: service a lane F-1",
                "\"127.0.0.1:2\"|{address: \"127.0.0.1:2\", weight: 0}"
                        + "|deployment-without-endpoints: service a lane F-1",
                "tenant: [{header: x-tenant-id}], ||shift-without-tenant: shift default",
                ", {lane: g0, endpoints: [\"127.0.0.1:4\"]}|"
                        + "|lane-without-deployments: lane G0, environment-without-services: shift default environment G0"
            })
    void eachRuleFindsWhatBreaksIt(String with, String instead, String finding) {
        assertThat(CLEAN).contains(with);

        assertThat(findings(CLEAN.replace(with, instead == null ? "" : instead)))
                .isEqualTo(List.of(finding.split(", (?=[a-z]+-)")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: /a, service: b}                                       | true",
                "{path: /a/, service: b}                                      | true",
                "{path: /a, service: a}                                       | true",
                "{path: /a, service: b, match: {exact: true}}                 | false",
                "{path: /b, service: b}                                       | false",
                "{hosts: [a.test], path: /a, service: b}                      | false",
                "{path: /a, service: b, match: {method: POST}}                | false"
            })
    void aRouteIsShadowedByAnEarlierOneOfTheSameHostPathAndConditions(String second, boolean shadowed) {
        String two = CLEAN.replace(
                        "services:\n",
                        "services:\n- {name: b, deployments: [{lane: master, endpoints: [\"127.0.0.1:9\"]}]}\n")
                .replace("routes: [{path: /a, service: a}]", "routes: [{path: /a, service: a}, " + second + "]");

        assertThat(findings(two).stream().anyMatch(one -> one.startsWith("shadowed-route")))
                .isEqualTo(shadowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "shifts: [|shifts: [{name: gone}, |unused-shift: shift gone",
                "{name: a, |{name: a, policy: {timeouts: {request: 5s}, retries: {perTryTimeout: 6s}}, "
                        + "|per-try-timeout-unused: service a",
                "{path: /a, service: a}|{path: /a, service: a, timeout: 2s, perTryTimeout: 3s}"
                        + "|per-try-timeout-unused: route /a",
                "{path: /a, service: a}|{path: /a, service: a, timeout: 3s, perTryTimeout: 3s}|",
                "{path: /a, service: a}|{path: /a, service: a, timeout: 0s, perTryTimeout: 3s}|"
            })
    void whatHasNoEffectIsFound(String with, String instead, String finding) {
        String odd = CLEAN.replace(with, instead);
        assertThat(odd).isNotEqualTo(CLEAN);

        assertThat(findings(odd)).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @Test
    void requestsWithoutATenantNeedNoTenantSource() {
        String requests = CLEAN.replace("tenant: [{header: x-tenant-id}], ", "")
                .replace("share: \"5%\"", "share: \"0%\", requests: \"5%\"");

        assertThat(findings(requests)).isEmpty();
        assertThat(findings(requests.replace("requests: \"5%\"", "requests: \"5%\", tenants: {include: [vip]}")))
                .containsExactly("shift-without-tenant: shift default");
    }

    @Test
    void aFindingSaysWhyInWords() {
        Finding finding = new TableLint()
                .findings(table(CLEAN.replace(", parent: mid", "")))
                .get(0);

        assertThat(Warnings.json(finding).encode())
                .isEqualTo("{\"rule\":\"lane-without-deployments\",\"subject\":\"lane mid\","
                        + "\"message\":\"no service has a deployment in it: its requests all fall back\"}");
        assertThat(Bodies.table(table(CLEAN))).as("the table is the same after").contains("\"mid\"");
    }
}
