package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Location;
import java.io.Serial;

/** A part of a rule that a lane table cannot say, so that the rule as a whole is not taken. Confined to one thread. */
public final class Refused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Location at;
    private final String expected;

    public Refused(Tracked at, String what, String expected) {
        super(what, null, false, false);
        this.at = at.location();
        this.expected = expected;
    }

    /** Reads a rule; names it as not taken if it is refused, or has a value that a table does not take. */
    public static void attempt(Tracked rule, Report report, Runnable reading) {
        try {
            reading.run();
        } catch (Refused e) {
            e.name(rule, report);
        } catch (IllegalArgumentException e) {
            rule.refuse(report, "a value that no table has: " + e.getMessage(), "one that it has");
        }
    }

    /** Names the rule as not taken, with the line of the cause, and takes all of it. */
    private void name(Tracked rule, Report report) {
        String line = at.line() == rule.location().line() ? "" : " (line " + at.line() + ")";
        rule.refuse(report, getMessage() + line, expected);
    }
}
