package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The bootstrap of an Envoy that the how-to has. */
final class Bootstrap {

    private static final Path PAGE = Path.of("..", "docs", "how-to", "envoys.md");

    private Bootstrap() {}

    /** As it stands on the page, YAML. */
    static String onThePage() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```yaml\nnode:") + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from));
    }

    /** For an Envoy beside a control API on this machine. */
    static String of(String id, String listener, int xdsPort, String apiType) throws IOException {
        String text = onThePage()
                .replace("sidecar-order-1", id)
                .replace("127.0.0.1:15001", listener)
                .replace("services: [order, billing]", "services: [order]")
                .replace("DELTA_GRPC", apiType)
                .replace("control.laneway", "127.0.0.1")
                .replace("9905", String.valueOf(xdsPort));
        assertThat(text).contains(id, listener, "[order]}", apiType, "port_value: " + xdsPort);
        return text;
    }

    static String json(String yaml) {
        Problems problems = Problems.strict();
        Node tree = Documents.parse(yaml, problems);
        assertThat(problems.list()).isEmpty();
        return json(tree);
    }

    private static String json(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping.members().entrySet().stream()
                    .map(each -> '"' + each.getKey() + "\": " + json(each.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(Bootstrap::json).collect(Collectors.joining(", ", "[", "]"));
        }
        Scalar scalar = (Scalar) node;
        boolean bare = !scalar.quoted() && scalar.text().matches("-?[0-9]+|true|false");
        return bare ? scalar.text() : '"' + scalar.text() + '"';
    }
}
