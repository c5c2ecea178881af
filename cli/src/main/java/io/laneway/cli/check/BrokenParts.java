package io.laneway.cli.check;

import io.laneway.router.document.tree.Problem;
import java.util.List;

/**
 * Parts of a document that have problems, of which a reader made less than is written there. Immutable.
 *
 * @param paths where the problems are
 */
record BrokenParts(List<String> paths) {

    BrokenParts {
        paths = List.copyOf(paths);
    }

    static BrokenParts of(List<Problem> problems) {
        return new BrokenParts(problems.stream().map(Problem::path).toList());
    }

    /** Whether there is a problem at a path or below it. */
    boolean has(String path) {
        return paths.stream()
                .anyMatch(each -> each.equals(path) || each.startsWith(path + ".") || each.startsWith(path + "["));
    }
}
