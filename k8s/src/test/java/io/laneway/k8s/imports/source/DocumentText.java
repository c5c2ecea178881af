package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A document as JSON in one line, with one of its nodes changed. Stateless. */
public final class DocumentText {

    private DocumentText() {}

    /**
     * The text of a document.
     *
     * @param change the text of a node that is to be another one, null for what it is
     */
    public static String json(Node node, Function<Node, @Nullable String> change) {
        String changed = change.apply(node);
        if (changed != null) {
            return changed;
        }
        if (node instanceof Mapping mapping) {
            List<String> members = new ArrayList<>();
            mapping.members().forEach((key, member) -> members.add(quoted(key) + ":" + json(member, change)));
            return "{" + String.join(",", members) + "}";
        }
        if (node instanceof Sequence list) {
            return "["
                    + String.join(
                            ",",
                            list.items().stream()
                                    .map(item -> json(item, change))
                                    .toList()) + "]";
        }
        Scalar scalar = (Scalar) node;
        boolean text = scalar.kind() == Scalar.Kind.TEXT;
        return text ? quoted(scalar.text()) : scalar.kind() == Scalar.Kind.NULL ? "null" : scalar.text();
    }

    /** A text in quotes. */
    public static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
