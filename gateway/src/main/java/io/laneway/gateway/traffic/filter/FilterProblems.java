package io.laneway.gateway.traffic.filter;

import io.laneway.router.document.tree.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Filters cannot be had as the configuration wants them: everything that is wrong. */
public final class FilterProblems extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    FilterProblems(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Each problem. */
    public List<Problem> list() {
        return problems;
    }
}
