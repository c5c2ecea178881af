package io.laneway.k8s.imports.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.LostLines;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyImportTest {

    private static final int REQUESTS = 1_000;
    private static final List<String> VALUES = List.of(
            "f-20200624-hltest-010", "f-20200701-pay", "bg0-1", "feature-x", "f-1", "f-2", "unknown", "f-20200624", "");

    @Test
    void theMissionsRulesImportWithoutARemainder() {
        Imported imported = read("mission.yaml");
        assertThat(imported.notTaken()).isEmpty();
        assertThat(imported.differences()).isEmpty();
        LaneTable table = imported.table();
        assertThat(table.lanes())
                .extracting(Lane::name)
                .containsExactly("f-20200624-hltest-010", "f-20200701-pay", "bg0-1", "feature-x");
        assertThat(table.carriers())
                .isEqualTo(new Carriers(List.of(), List.of("trace-branch"), List.of(), List.of(), List.of()));
        assertThat(table.services().get(0).deployments()).hasSize(5);
        assertThat(table.routes().get(0).hosts()).containsExactly("test-hl-bff-lll");
    }

    @Test
    void theMissionsTableActsAsTheRulesOnAThousandRequests() {
        assertThat(compare("mission.yaml", List.of("test-hl-bff-lll", "test-hl-bff-lll:9000", "elsewhere")))
                .isGreaterThan(REQUESTS / 4);
    }

    @Test
    void pathsHeadersAndWeightsActAsTheRulesOnAThousandRequests() {
        assertThat(compare("paths.yaml", List.of("shop.example.com", "a.shop.example.com", "elsewhere")))
                .isGreaterThan(REQUESTS / 4);
    }

    @Test
    void aTableThatWasImportedIsValidAndSurvivesItsDocumentForm() {
        for (String file : List.of("mission.yaml", "paths.yaml")) {
            LaneTable table = read(file).table();
            Problems problems = Problems.strict();
            byte[] written = TableWriter.yaml(table).getBytes(StandardCharsets.UTF_8);
            assertThat(TableReader.read(written, file, problems)).isEqualTo(table);
            assertThat(problems.list()).isEmpty();
        }
    }

    @Test
    void everyRuleThatATableCannotSayIsListedWithItsLine() {
        assertThat(read("hard.yaml").notTaken())
                .extracting(Problem::toString)
                .containsExactly(
                        "hard.yaml:3: virtual_hosts[0].domains[1]: domain 'shop.*' (expected: a host, *.suffix or *)",
                        "hard.yaml:5: virtual_hosts[0].routes[0]: header 'x-env' by range_match"
                                + " (expected: exact, prefix, suffix, contains, safe_regex or present_match)",
                        "hard.yaml:7: virtual_hosts[0].routes[1]: header 'x-env' by invert_match"
                                + " (expected: exact, prefix, suffix, contains, safe_regex or present_match)",
                        "hard.yaml:15: virtual_hosts[0].routes[5]: cluster 'nowhere' has no endpoints here"
                                + " (expected: its load_assignment)",
                        "hard.yaml:25: virtual_hosts[0].routes[10]: the rule of line 23 takes all its requests"
                                + " (expected: an earlier place)");
    }

    @Test
    void whatATableDoesDifferentlyIsListedToo() {
        assertThat(read("hard.yaml").differences())
                .extracting(Problem::toString)
                .containsExactly(
                        "hard.yaml:13: virtual_hosts[0].routes[4]: prefix '/old' also matches within a segment"
                                + " (expected: whole segments: path '/old')",
                        "hard.yaml:17: virtual_hosts[0].routes[6]: retries on 5xx (expected: 502, 503 and 504 alone)",
                        "hard.yaml:19: virtual_hosts[0].routes[7]: prefix '/late' also matches within a segment"
                                + " (expected: whole segments: path '/late')");
    }

    @Test
    void namesOfTlsAndListenersAreKeptApartAndFiltersAreNamed() {
        Imported imported = read("tls.yaml");
        assertThat(imported.table().routes())
                .extracting(route -> route.hosts() + " " + route.match().ports() + " " + route.service())
                .containsExactly(
                        "[a.example.com] [8443] a",
                        "[b.example.com, *.b.example.com] [8443] b",
                        "[c.example.com] [8080] a");
        assertThat(imported.notTaken())
                .extracting(Problem::what)
                .containsExactly(
                        "'envoy.filters.http.lua' has no counterpart here, down to line 34",
                        "'spare' has no counterpart here");
        assertThat(imported.differences()).isEmpty();
    }

    @Test
    void oneListenerOfSeveralCanBeChosen() {
        Problems problems = Problems.strict();
        Imported inner = EnvoyImport.read(file("tls.yaml"), Intent.PLAIN, Set.of("inner"), problems);
        assertThat(inner.table().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.hosts()).containsExactly("c.example.com"));
    }

    @Test
    void redirectsRewritesMirrorsTimesWeightsAndPoliciesAreTaken() {
        Intent elsewhere = new Intent(Set.of(), true);
        Imported imported = EnvoyImport.read(file("actions.yaml"), elsewhere, Set.of(), Problems.strict());
        assertThat(imported.notTaken()).extracting(Problem::what).containsExactly("a guard: what it guards is open");
        assertThat(imported.differences()).isEmpty();
        assertThat(TableWriter.yaml(imported.table())).isEqualTo(text("actions.table.yaml"));
    }

    @Test
    void whatAGuardProtectsRefusesUnlessTheGuardIsElsewhere() {
        Imported closed = read("actions.yaml");
        assertThat(closed.table().routes())
                .isNotEmpty()
                .allSatisfy(route -> assertThat(route.action().split())
                        .singleElement()
                        .satisfies(part -> assertThat(part.status()).isEqualTo(403)));
        assertThat(closed.notTaken())
                .extracting(Problem::what)
                .contains("a guard: what it guards answers 403 (--guards-elsewhere leaves it open)");
    }

    @Test
    void responsesOfTheProxysOwnAreStatuses() {
        Imported imported = read("statuses.yaml");
        assertThat(imported.table().routes())
                .filteredOn(route -> !route.action().split().isEmpty())
                .extracting(route ->
                        route.path() + " " + route.action().split().get(0).status())
                .containsExactly("/internal 404", "/maintenance 503");
        assertThat(imported.notTaken())
                .extracting(Problem::toString)
                .containsExactly(
                        "statuses.yaml:8: virtual_hosts[0].routes[1].direct_response.body: has no counterpart here",
                        "statuses.yaml:9: virtual_hosts[0].routes[2]: a response of status 200 (line 10)"
                                + " (expected: 400 to 599, a redirection or a service)");
    }

    @Test
    void aConfigDumpIsItsResources() {
        Imported imported = read("config_dump.json");
        assertThat(imported.notTaken()).isEmpty();
        assertThat(imported.differences()).isEmpty();
        assertThat(imported.table().lanes()).extracting(Lane::name).containsExactly("f-1");
        assertThat(imported.table()
                        .services()
                        .get(0)
                        .deployments()
                        .get(1)
                        .ports()
                        .get(0)
                        .endpoints()
                        .get(0)
                        .address())
                .isEqualTo("10.0.0.2:80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mission.yaml",
                "paths.yaml",
                "hard.yaml",
                "tls.yaml",
                "actions.yaml",
                "statuses.yaml",
                "config_dump.json"
            })
    void whateverAnImportDoesNotKnowIsNamedWhereverItStands(String name) {
        Node document = Documents.parse(text(name).getBytes(StandardCharsets.UTF_8), name, Problems.strict());
        for (LostLines variant : LostLines.of(document)) {
            if (variant.place()
                    .matches(".*(node|bootstrap\\.static_resources|config_?[sS]ource|eds_?[cC]onfig)\\b.*")) {
                continue;
            }
            Problems problems = Problems.strict();
            SourceFile file = new SourceFile(name + ".json", variant.json());
            Imported imported = EnvoyImport.read(file, Intent.PLAIN, Set.of(), problems);
            assertThat(imported.notTaken())
                    .as("a stranger in %s", variant.place())
                    .anyMatch(line -> variant.namedBy(line.path()));
        }
    }

    @Test
    void aDocumentWithoutVirtualHostsIsRefused() {
        Problems problems = Problems.strict();
        assertThat(EnvoyImport.read(new SourceFile("x.yaml", "a: 1"), Intent.PLAIN, Set.of(), problems))
                .isNull();
        assertThat(problems.list())
                .singleElement()
                .hasToString("x.yaml:1: no virtual_hosts (expected: Envoy route configuration with virtual_hosts)");
        Problems broken = Problems.strict();
        assertThat(EnvoyImport.read(new SourceFile("x.yaml", "a: ["), Intent.PLAIN, Set.of(), broken))
                .isNull();
        assertThat(broken.isEmpty()).isFalse();
    }

    /** Compares table and rules on generated requests; returns how many reached a cluster. */
    private static int compare(String file, List<String> hosts) {
        Random random = new Random(11);
        SlowEnvoy envoy = new SlowEnvoy(text(file));
        Imported imported = read(file);
        CompiledTable<PublishedState, Void> table = TableCompiler.published(imported.table());
        Map<String, Map<String, Integer>> clusters = clusters(file);
        Decider decider = new Decider();
        int served = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String host = pick(random, hosts);
            String path = pick(random, List.of("/", "/api/order", "/api/order/7", "/api/orders", "/x"));
            Map<String, String> headers = new HashMap<>();
            List<String[]> query = new ArrayList<>();
            if (random.nextInt(3) > 0) {
                headers.put(pick(random, List.of("x-env", "trace-branch", "x-other")), pick(random, VALUES));
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                query.add(new String[] {pick(random, List.of("trace-branch", "other")), pick(random, VALUES)});
            }
            Map<String, Integer> expected = weights(envoy.route(host, path, headers, query), clusters);
            Map<String, Integer> actual = decide(decider, table, host, target(path, query), headers);
            assertThat(actual)
                    .as("%s %s %s", host, target(path, query), headers)
                    .isEqualTo(expected);
            served += expected.isEmpty() ? 0 : 1;
        }
        return served;
    }

    private static Map<String, Integer> decide(
            Decider decider,
            CompiledTable<PublishedState, Void> table,
            String host,
            String target,
            Map<String, String> headers) {
        RequestDraft request = new RequestDraft(host, target);
        headers.forEach(request::header);
        Decision<PublishedState, Void> decision = new Decision<>();
        decider.decide(table, ListenerTraits.EXTERNAL, request, decision);
        Map<String, Integer> endpoints = new TreeMap<>();
        if (decision.port() != null) {
            decision.port().port().endpoints().forEach(one -> endpoints.put(one.address(), one.weight()));
        }
        return endpoints;
    }

    private static String target(String path, List<String[]> query) {
        StringBuilder target = new StringBuilder(path);
        char divider = '?';
        for (String[] pair : query) {
            target.append(divider).append(pair[0]).append('=').append(pair[1]);
            divider = '&';
        }
        return target.toString();
    }

    /** The weight of each address, where each cluster gets its share; in the smallest whole numbers for the files here. */
    private static Map<String, Integer> weights(
            Map<String, Integer> clusters, Map<String, Map<String, Integer>> endpoints) {
        Map<String, Integer> weights = new TreeMap<>();
        int most = clusters.keySet().stream()
                .mapToInt(name -> endpoints.get(name).size())
                .max()
                .orElse(1);
        clusters.forEach((name, weight) -> endpoints
                .get(name)
                .forEach((address, one) -> weights.put(
                        address,
                        clusters.size() == 1
                                ? one
                                : weight * most / endpoints.get(name).size())));
        return weights;
    }

    private static Map<String, Map<String, Integer>> clusters(String file) {
        Map<String, Map<String, Integer>> clusters = new HashMap<>();
        if (file.equals("mission.yaml")) {
            List<String> names = List.of("f-20200624-hltest-010", "f-20200701-pay", "bg0-1", "feature-x");
            clusters.put("test-hl-bff-lll-master", Map.of("10.0.0.1:9000", 1));
            for (int i = 0; i < names.size(); i++) {
                clusters.put("test-hl-bff-lll-" + names.get(i), Map.of("10.0.1." + (i + 1) + ":9000", 1));
            }
        } else {
            clusters.put("order", Map.of("10.0.0.1:80", 1));
            clusters.put("order-f-1", Map.of("10.0.0.2:80", 1));
            clusters.put("web", Map.of("10.0.0.3:80", 1, "10.0.0.4:80", 1));
            clusters.put("web-f-1", Map.of("10.0.0.5:80", 1));
        }
        return clusters;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Imported read(String name) {
        Problems problems = Problems.strict();
        Imported imported = EnvoyImport.read(file(name), Intent.PLAIN, Set.of(), problems);
        assertThat(problems.list()).isEmpty();
        return imported;
    }

    private static SourceFile file(String name) {
        return new SourceFile(name, text(name));
    }

    private static String text(String name) {
        try (InputStream in = EnvoyImportTest.class.getResourceAsStream("/imports/envoy/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
