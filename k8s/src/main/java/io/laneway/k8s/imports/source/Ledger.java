package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What of a document was taken, value by value. Confined to one thread. A mapping or list is taken when all in it is;
 * one with nothing in it counts as a value.
 */
final class Ledger {

    private final Set<Node> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Takes a value, and everything in a mapping or list. */
    void take(Node node) {
        Collection<Node> parts = parts(node);
        if (parts.isEmpty()) {
            taken.add(node);
        }
        parts.forEach(this::take);
    }

    /** Names what was not taken: the largest parts in which nothing was. */
    void rest(Node node, Report report) {
        if (untouched(node)) {
            if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL) {
                return;
            }
            int last = last(node);
            String lines = last > node.location().line() ? ", down to line " + last : "";
            report.notTaken(node.location(), named(node) + "has no counterpart here" + lines, "");
        } else {
            parts(node).forEach(part -> rest(part, report));
        }
    }

    private boolean untouched(Node node) {
        Collection<Node> parts = parts(node);
        return parts.isEmpty() ? !taken.contains(node) : parts.stream().allMatch(this::untouched);
    }

    /** The name that an item of a list gives itself, so that its index need not be counted. */
    private static String named(Node node) {
        if (node instanceof Scalar) {
            return node.described() + " ";
        }
        for (String key : List.of("name", "kind", "id")) {
            if (node instanceof Mapping mapping && mapping.members().get(key) instanceof Scalar name) {
                return name.described() + " ";
            }
        }
        return "";
    }

    private static int last(Node node) {
        return Math.max(
                node.location().line(),
                parts(node).stream().mapToInt(Ledger::last).max().orElse(0));
    }

    private static Collection<Node> parts(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping.members().values();
        }
        return node instanceof Sequence list ? list.items() : List.of();
    }
}
