package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an import could not take over as it is, each with its line. Confined to one thread. */
public final class Report {

    private final Set<Problem> notTaken = new LinkedHashSet<>();
    private final Set<Problem> differences = new LinkedHashSet<>();
    private final Set<Problem> assumptions = new LinkedHashSet<>();

    /** Something that is not in the table. */
    public void notTaken(Location at, String what, String expected) {
        notTaken.add(at.problem(what, expected));
    }

    /** Whether something at exactly this place is named as not taken. */
    public boolean names(Location at) {
        return notTaken.stream()
                .anyMatch(one -> one.file().equals(at.file()) && one.path().equals(at.path()));
    }

    /** Something that is in the table, but acts differently in some case. */
    public void differs(Location at, String what, String expected) {
        differences.add(at.problem(what, expected));
    }

    /** Something that the document leaves open and that was filled in; to be looked at, and no fault. */
    public void assumed(Location at, String what) {
        assumptions.add(at.problem(what, ""));
    }

    /** The lines that are not in the table. */
    public List<Problem> notTaken() {
        return sorted(notTaken);
    }

    /** The lines that act differently. */
    public List<Problem> differences() {
        return sorted(differences);
    }

    /** What was filled in. */
    public List<Problem> assumptions() {
        return sorted(assumptions);
    }

    private static List<Problem> sorted(Set<Problem> problems) {
        List<Problem> list = new ArrayList<>(problems);
        list.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
        return list;
    }
}
