package io.laneway.router.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.RandomTables;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** JSON is YAML: both readers make the same nodes of it, at the same lines, and refuse the same broken documents. */
class JsonInYamlTest {

    /** Each node as a line: place, kind and text. */
    private static List<String> described(Node node) {
        List<String> lines = new ArrayList<>();
        describe(node, lines);
        return lines;
    }

    private static void describe(Node node, List<String> lines) {
        String place = node.location().line() + " " + node.location().path() + " ";
        if (node instanceof Scalar scalar) {
            lines.add(place + scalar.kind() + " " + scalar.text());
        } else if (node instanceof Sequence sequence) {
            lines.add(place + "list");
            sequence.items().forEach(item -> describe(item, lines));
        } else if (node instanceof Mapping mapping) {
            lines.add(place + "mapping");
            mapping.members().values().forEach(member -> describe(member, lines));
        }
    }

    private static Node parse(String text, Format format) {
        Problems problems = Problems.strict();
        Node node = Documents.parse(text.getBytes(StandardCharsets.UTF_8), "t", format, problems);
        return problems.isEmpty() ? node : null;
    }

    @Test
    void bothReadersMakeTheSameNodes() {
        for (long seed = 0; seed < 300; seed++) {
            String json = new String(TableWriter.json(new RandomTables(seed).table()), StandardCharsets.UTF_8);
            // A line for each member, so that lines differ.
            String lines = json.replace(",\"", ",\n\"");
            assertThat(described(parse(lines, Format.YAML)))
                    .as("seed %d", seed)
                    .isEqualTo(described(parse(lines, Format.JSON)));
        }
    }

    @Test
    void whatIsCutOffIsRefusedByBoth() {
        Random random = new Random(3);
        for (long seed = 0; seed < 200; seed++) {
            String json = new String(TableWriter.json(new RandomTables(seed).table()), StandardCharsets.UTF_8);
            String cut = json.substring(0, 1 + random.nextInt(json.length() - 1));
            assertThat(parse(cut, Format.JSON)).as(cut).isNull();
            assertThat(parse(cut, Format.YAML)).as(cut).isNull();
        }
    }
}
