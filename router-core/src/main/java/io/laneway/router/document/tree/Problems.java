package io.laneway.router.document.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers everything that is wrong in a document while it is read on. Confined to one thread. A reader returns what it
 * could make of the document; whether that may be used is for {@link #isEmpty()} to say.
 */
public final class Problems {

    /** More are counted but not kept, so that a hostile document cannot fill the memory. */
    static final int MAX = 1000;

    private final boolean strict;
    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int count;

    private Problems(boolean strict) {
        this.strict = strict;
    }

    /** Unknown keys are problems: for what people write. */
    public static Problems strict() {
        return new Problems(true);
    }

    /** Unknown keys are warnings: for what a newer program may have written (docs/reference/documents.md). */
    public static Problems lenient() {
        return new Problems(false);
    }

    /** Adds a problem. */
    public void add(Problem problem) {
        count++;
        if (found.size() < MAX) {
            found.add(problem);
        }
    }

    /** Adds a problem at a place. */
    public void add(Location location, String what, String expected) {
        add(location.problem(what, expected));
    }

    /** Adds a problem at a node. */
    public void add(Node node, String what, String expected) {
        add(node.location(), what, expected);
    }

    /** Adds several problems. */
    public void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Adds what the document may have but should not: it is used nevertheless. */
    public void warn(Problem warning) {
        if (warnings.size() < MAX) {
            warnings.add(warning);
        }
    }

    /** Adds what this version does not know: a problem where strict, a warning where lenient. */
    public void unknown(Location location, String what, String expected) {
        strictly(location.problem(what, expected));
    }

    /** Adds what its author should mend and can be used as it is: a problem where strict, a warning where lenient. */
    public void strictly(Problem problem) {
        if (strict) {
            add(problem);
        } else {
            warn(problem);
        }
    }

    /** Whether nothing is wrong; warnings do not count. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** How many problems there are; {@link #list()} keeps the first 1000. */
    public int count() {
        return count;
    }

    /** The problems by line, those of one line in the order found. */
    public List<Problem> list() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    /** What was ignored. */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public String toString() {
        return found.toString();
    }
}
