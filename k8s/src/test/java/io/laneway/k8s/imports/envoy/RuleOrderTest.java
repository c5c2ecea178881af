package io.laneway.k8s.imports.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.check.TableCheck;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules in any order lead where the first that matches does, whatever a table prefers. */
class RuleOrderTest {

    private static final int CONFIGURATIONS = 400;
    private static final int REQUESTS = 40;
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/c");
    private static final List<String> EXPRESSIONS = List.of(
            "/a/.*",
            "/a(/b)?",
            "/[ac]",
            "/a/[a-z]+(/c)?",
            "/(a|c).*",
            "/a/b/c",
            ".*/[bx]",
            "/c|/d",
            "/a/b.*|/c",
            "/d?");
    private static final List<String> HEADERS = List.of("x-env: f-1", "x-env: f-2", "x-kind: bulk", "x-kind: one");

    private static final List<String> CONDITIONS = List.of(
            "string_match: {exact: VALUE}",
            "string_match: {safe_regex: {regex: 'f-.*'}}",
            "string_match: {safe_regex: {regex: '.*[1k]'}}",
            "string_match: {prefix: f-}",
            "present_match: true");

    private final Random random = new Random(20);

    @Test
    void theFirstRuleThatMatchesDecides() {
        int lanes = 0;
        for (int i = 0; i < CONFIGURATIONS; i++) {
            boolean exact = i % 2 == 0;
            String yaml = exact
                    ? configuration(2 + random.nextInt(18), List.of(CONDITIONS.get(0)))
                    : configuration(2 + random.nextInt(8), CONDITIONS);
            Imported imported =
                    EnvoyImport.read(new SourceFile("random.yaml", yaml), Intent.PLAIN, Set.of(), Problems.strict());
            assertThat(TableCheck.check(imported.table())).as(yaml).isEmpty();
            SlowEnvoy envoy = new SlowEnvoy(yaml);
            CompiledTable<PublishedState, Void> table = TableCompiler.published(imported.table());
            lanes += imported.table().lanes().size();
            for (int n = 0; n < REQUESTS; n++) {
                compare(envoy, table, yaml, imported);
            }
        }
        assertThat(lanes).isPositive();
    }

    private void compare(SlowEnvoy envoy, CompiledTable<PublishedState, Void> table, String yaml, Imported imported) {
        String path = pick(List.of("/", "/a", "/a/b", "/a/b/c", "/a/x", "/c", "/d"));
        Map<String, String> headers = new HashMap<>();
        for (int h = random.nextInt(3); h > 0; h--) {
            String[] header = pick(HEADERS).split(": ");
            headers.put(header[0], header[1]);
        }
        List<String[]> query = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            query.add(new String[] {"v", pick(List.of("1", "2"))});
        }
        Map<String, Integer> to = envoy.route("x.example.com", path, headers, query);
        RequestDraft request =
                new RequestDraft("x.example.com", query.isEmpty() ? path : path + "?v=" + query.get(0)[1]);
        headers.forEach(request::header);
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(table, ListenerTraits.EXTERNAL, request, decision);
        String port = decision.port() == null
                ? "nowhere"
                : decision.port().port().endpoints().get(0).address().replaceAll(".*:", "");
        String wanted = to.isEmpty() ? "nowhere" : to.keySet().iterator().next().replaceAll("\\D", "");
        assertThat(port)
                .as(() -> path + " " + headers + " " + query.size() + "\n" + yaml + TableWriter.yaml(imported.table()))
                .isEqualTo(wanted);
    }

    private String configuration(int rules, List<String> conditions) {
        StringBuilder yaml = new StringBuilder("virtual_hosts:\n- name: x\n  domains: ['*']\n  routes:\n");
        for (int i = 1; i <= rules; i++) {
            String how = pick(List.of("path_separated_prefix", "path", "safe_regex"));
            String path = pick(PATHS);
            String match = how.equals("safe_regex")
                    ? "safe_regex: {regex: '" + pick(EXPRESSIONS) + "'}"
                    : (path.equals("/") && !how.equals("path") ? "prefix" : how) + ": " + path;
            List<String> headers = new ArrayList<>();
            for (String name : List.of("x-env", "x-kind")) {
                String header = pick(HEADERS);
                if (header.startsWith(name) && random.nextInt(4) > 0) {
                    headers.add(
                            "{name: " + name + ", " + pick(conditions).replace("VALUE", header.split(": ")[1]) + "}");
                }
            }
            String query = random.nextInt(5) == 0 ? ", query_parameters: [{name: v, string_match: {exact: '1'}}]" : "";
            yaml.append(
                    "  - match: {" + match + ", headers: " + headers + query + "}\n    route: {cluster: c" + i + "}\n");
        }
        yaml.append("clusters:\n");
        for (int i = 1; i <= rules; i++) {
            yaml.append("- {name: c" + i + ", load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address:"
                    + " {socket_address: {address: 10.0.0.1, port_value: " + i + "}}}}]}]}}\n");
        }
        return yaml.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
