package io.laneway.k8s.resource;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.source.TableRefused;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What became of a custom resource. Immutable.
 *
 * @param accepted   whether it is well formed and the table takes it
 * @param programmed whether it is part of the published table
 * @param reason     one word, as conditions have it
 * @param revision   the revision of the table that has it, 0 if none
 * @param name       the name under which the table has it, empty if it has not
 */
record Outcome(boolean accepted, boolean programmed, String reason, String message, long revision, String name) {

    Outcome {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(name, "name");
    }

    static Outcome published(String name, long revision) {
        return new Outcome(true, true, "Published", "in the lane table since revision " + revision, revision, name);
    }

    /** The spec says something that no table can hold; what the table had of it stays under {@code name}. */
    static Outcome invalid(List<Problem> problems, String name) {
        return new Outcome(false, false, "Invalid", lines(problems), 0, name);
    }

    /** The table does not take it, because of what else is in it or who owns it. */
    static Outcome refused(TableRefused refusal, String name) {
        return new Outcome(false, false, "Refused", lines(refusal.problems()), 0, name);
    }

    /** An older object has the name, or asks for it. */
    static Outcome taken(String wanted, String older, String name) {
        String message = "name '" + wanted + "' is already that of " + older
                + ", which is older (expected: a name that no other has)";
        return new Outcome(false, false, "NameTaken", message, 0, name);
    }

    /** The table could not be reached; it will be tried again. */
    static Outcome failed(Throwable problem, String name) {
        return new Outcome(true, false, "Pending", String.valueOf(problem.getMessage()), 0, name);
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
}
