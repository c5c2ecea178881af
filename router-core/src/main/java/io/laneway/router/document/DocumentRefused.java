package io.laneway.router.document;

import io.laneway.router.document.tree.Problem;

/** Ends the reading of a document that is not read on. */
final class DocumentRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    DocumentRefused(Problem problem) {
        super(problem.what(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
