package io.laneway.router.source;

import io.laneway.router.document.tree.Problem;
import java.util.List;

/** A table or change was refused; it names every problem. */
public final class TableRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TableRefused(List<Problem> problems) {
        super(problems.toString());
        this.problems = List.copyOf(problems);
    }

    /** All that was wrong, in document order. */
    public List<Problem> problems() {
        return problems;
    }
}
