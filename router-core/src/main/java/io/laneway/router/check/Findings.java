package io.laneway.router.check;

import io.laneway.router.document.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems below one path. Confined to one thread. Paths are made only where something is wrong. */
final class Findings {

    private final List<Problem> problems;
    private final String prefix;

    Findings() {
        this(new ArrayList<>(), "");
    }

    private Findings(List<Problem> problems, String prefix) {
        this.problems = problems;
        this.prefix = prefix;
    }

    /** The same problems, seen from a path below. */
    Findings below(String path) {
        return new Findings(problems, prefix + path + ".");
    }

    void add(String path, String what, String expected) {
        problems.add(Problem.at(prefix + path, what, expected));
    }

    List<Problem> list() {
        return List.copyOf(problems);
    }
}
