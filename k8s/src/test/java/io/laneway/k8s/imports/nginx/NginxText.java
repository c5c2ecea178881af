package io.laneway.k8s.imports.nginx;

import static io.laneway.k8s.imports.source.DocumentText.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** nginx's configuration as nodes and as text, each directive in a line of its own. Stateless. */
public final class NginxText {

    private NginxText() {}

    /** The directives of a file. */
    public static Node read(SourceFile file) {
        Problems problems = Problems.strict();
        Node read = NginxSyntax.read(file, problems);
        assertThat(problems.list()).isEmpty();
        return read;
    }

    /**
     * The text of directives.
     *
     * @param change the text of a name or argument that is to be another one, or what stands at the end of a block; null for
     *               what it is
     */
    public static String conf(Node directives, Function<Node, @Nullable String> change) {
        StringBuilder text = new StringBuilder();
        block(directives, change, text);
        return text.toString();
    }

    private static void block(Node directives, Function<Node, @Nullable String> change, StringBuilder text) {
        for (Node one : ((Sequence) directives).items()) {
            Mapping directive = (Mapping) one;
            text.append(word(directive.members().get("name"), change));
            ((Sequence) directive.members().get("args"))
                    .items()
                    .forEach(arg -> text.append(' ').append(word(arg, change)));
            Node block = directive.members().get("block");
            if (block == null) {
                text.append(";\n");
            } else {
                text.append(" {\n");
                block(block, change, text);
                text.append("}\n");
            }
        }
        String more = change.apply(directives);
        text.append(more == null ? "" : more);
    }

    private static String word(Node word, Function<Node, @Nullable String> change) {
        String changed = change.apply(word);
        String text = changed == null ? ((Scalar) word).text() : changed;
        return text.matches("[A-Za-z0-9_./:$=*%@,~-]+") ? text : quoted(text);
    }
}
