package io.laneway.router.document;

/** Ends the reading of a document that is not read on. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refused(Problem problem) {
        super(problem.what(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
