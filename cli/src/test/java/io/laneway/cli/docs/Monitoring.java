package io.laneway.cli.docs;

import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What comes with the program for Prometheus and Grafana. Stateless. */
final class Monitoring {

    static final Path HERE = Page.ROOT.resolve("k8s/components/monitoring");
    static final List<String> BOARDS = List.of("fleet", "lane", "shift", "messages");

    private Monitoring() {}

    /**
     * A panel of a dashboard. Immutable.
     *
     * @param queries in PromQL, with Grafana's variables
     */
    record Panel(String board, String title, List<String> queries) {}

    /** The panels of a dashboard. */
    static List<Panel> panels(String board) {
        JsonObject json = new JsonObject(text("dashboards/" + board + ".json"));
        List<Panel> panels = new ArrayList<>();
        for (Object one : json.getJsonArray("panels")) {
            JsonObject panel = (JsonObject) one;
            JsonArray targets = panel.getJsonArray("targets");
            panels.add(new Panel(
                    board,
                    panel.getString("title"),
                    targets.stream()
                            .map(target -> ((JsonObject) target).getString("expr"))
                            .toList()));
        }
        return panels;
    }

    /** The groups of rules in a file, below the keys that lead to them. */
    static Object groups(String file, String... keys) {
        Node node = Documents.parse(text(file), Problems.strict());
        for (String key : keys) {
            node = ((Mapping) node).members().get(key);
        }
        return plain(node);
    }

    /** A document without the places where its values stand. */
    private static Object plain(Node node) {
        if (node instanceof Mapping mapping) {
            JsonObject object = new JsonObject();
            mapping.members().forEach((key, value) -> object.put(key, plain(value)));
            return object;
        }
        if (node instanceof Sequence sequence) {
            return new JsonArray(
                    sequence.items().stream().map(Monitoring::plain).toList());
        }
        return ((Scalar) node).text();
    }

    /** All rules of the plain file: those with {@code alert}, and those with {@code record}. */
    static List<JsonObject> rules() {
        List<JsonObject> rules = new ArrayList<>();
        for (Object group : (JsonArray) groups("rules.yaml", "groups")) {
            ((JsonObject) group).getJsonArray("rules").forEach(rule -> rules.add((JsonObject) rule));
        }
        return rules;
    }

    static String text(String file) {
        try {
            return Files.readString(HERE.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
