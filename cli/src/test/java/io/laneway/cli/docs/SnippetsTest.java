package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every fenced configuration, lane table and policy is one that the program takes. */
class SnippetsTest {

    private static final Set<String> OF_TABLES =
            Set.of("schema", "revision", "base", "carriers", "lanes", "services", "routes", "shifts", "recordings");
    private static final Set<String> OF_GATEWAYS = Set.of(
            "id",
            "listeners",
            "admin",
            "table",
            "data",
            "threads",
            "transport",
            "accessLog",
            "timeouts",
            "drain",
            "limits",
            "headers",
            "overload",
            "tracing",
            "memory",
            "requests",
            "stickySecret",
            "errorPages",
            "zone",
            "filters",
            "rates",
            "recordings");

    /** Of Kubernetes and of tools around it, the rules of a comparison, which DiffCommandTest reads, and what ImportPagesTest imports. */
    private static final Set<String> OF_OTHERS =
            Set.of("apiVersion", "spec", "metadata", "sampling", "tolerances", "values", "static_resources", "spring");

    private final List<String> problems = new ArrayList<>();
    private int taken;

    @Test
    void everySnippetIsTaken() {
        for (Page page : Page.all()) {
            for (Page.Snippet snippet : page.snippets()) {
                if (snippet.language().equals("yaml")) {
                    for (String document : snippet.text().split("(?m)^---$")) {
                        look(page + ":" + snippet.line(), document);
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
        assertThat(taken).isGreaterThan(5);
    }

    private void look(String place, String text) {
        Problems read = Problems.strict();
        Node node = Documents.parse(text.getBytes(StandardCharsets.UTF_8), place, read);
        if (!(node instanceof Mapping mapping)) {
            problems.add(place + ": " + read.list());
            return;
        }
        Set<String> keys = mapping.members().keySet();
        // a table has a list of them
        boolean recorded = mapping.members().get("recordings") instanceof Sequence;
        if (OF_GATEWAYS.containsAll(keys) && !recorded) {
            gateway(place, text, keys);
        } else if (OF_TABLES.containsAll(keys)) {
            table(place, text);
        } else if (keys.equals(Set.of("policy"))) {
            table(place, "services:\n  - name: order\n" + text.replaceAll("(?m)^", "    "));
        } else if (keys.stream().noneMatch(OF_OTHERS::contains)) {
            problems.add(place + ": neither a gateway's, nor a table, nor a policy, nor known: " + keys);
        }
    }

    /** Examples of one part get the parts that have to be there. */
    private void gateway(String place, String text, Set<String> keys) {
        String whole = Stream.of(
                        text,
                        keys.contains("listeners") ? "" : "listeners: [{name: edge, address: \":8080\"}]\n",
                        keys.contains("table") ? "" : "table: {file: lanes.yaml}\n")
                .reduce("", String::concat);
        Map<String, String> environment = Map.of(
                "LANEWAY_TOKEN", "token", "LANEWAY_LANE", "f-1", "LANEWAY_STICKY_SECRET", "sixteen letters or more");
        ConfigReader.Result result =
                ConfigReader.read(whole.getBytes(StandardCharsets.UTF_8), Path.of("laneway.yaml"), environment);
        add(place, result.problems());
    }

    private void table(String place, String text) {
        Problems read = Problems.strict();
        TableReader.read(text.getBytes(StandardCharsets.UTF_8), place, read);
        add(place, read.list());
    }

    private void add(String place, List<Problem> found) {
        found.forEach(problem -> problems.add(place + ": " + problem));
        taken++;
    }
}
