package io.laneway.router.check;

import io.laneway.router.document.tree.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems below one path. Confined to one thread. Paths are made only where something is wrong. */
final class PathProblems {

    private final List<Problem> problems;
    private final String prefix;

    PathProblems() {
        this(new ArrayList<>(), "");
    }

    private PathProblems(List<Problem> problems, String prefix) {
        this.problems = problems;
        this.prefix = prefix;
    }

    /** The same problems, seen from a path below. */
    PathProblems below(String path) {
        return new PathProblems(problems, prefix + path + ".");
    }

    void add(String path, String what, String expected) {
        problems.add(Problem.at(prefix + path, what, expected));
    }

    List<Problem> list() {
        return List.copyOf(problems);
    }
}
