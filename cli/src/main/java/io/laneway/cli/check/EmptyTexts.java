package io.laneway.cli.check;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.Set;

/**
 * Texts of a configuration that are written down as empty, such as {@code token: ""}: a gateway takes them for keys that are
 * not there, since a text may come from a variable that is empty. Stateless.
 */
final class EmptyTexts {

    /** What is below them is another program's, to which an empty text may be a value. */
    private static final Set<String> OF_OTHERS = Set.of("properties", "settings");

    private EmptyTexts() {}

    /** Warns of each, in a document whose variables are not replaced yet. */
    static void warn(Node node, Problems problems) {
        if (node instanceof Mapping mapping) {
            mapping.members().forEach((key, member) -> {
                if (!OF_OTHERS.contains(key)) {
                    warn(member, problems);
                }
            });
        } else if (node instanceof Sequence list) {
            list.items().forEach(item -> warn(item, problems));
        } else if (node instanceof Scalar scalar
                && scalar.kind() == Scalar.Kind.TEXT
                && scalar.text().isBlank()) {
            problems.warn(scalar.location()
                    .problem("warning: an empty text, which counts as no such key", "a text, or no such key"));
        }
    }
}
