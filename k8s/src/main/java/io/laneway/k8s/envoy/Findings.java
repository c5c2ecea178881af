package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what could not be taken over as it is. Confined to one thread. */
final class Findings {

    private final List<Problem> unexpressed = new ArrayList<>();
    private final List<Problem> differences = new ArrayList<>();

    /** A rule that is not in the table. */
    void unexpressed(Node rule, String what, String expected) {
        unexpressed.add(rule.location().problem(what, expected));
    }

    /** A rule that is in the table, but acts differently in some case. */
    void difference(Node rule, String what, String expected) {
        differences.add(rule.location().problem(what, expected));
    }

    List<Problem> unexpressed() {
        return sorted(unexpressed);
    }

    List<Problem> differences() {
        return sorted(differences);
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
