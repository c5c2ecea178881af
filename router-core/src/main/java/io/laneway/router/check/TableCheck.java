package io.laneway.router.check;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import java.util.ArrayList;
import java.util.List;

/** Checks lane tables, whole or in part. Safe for many threads. Costs time in proportion to the objects checked. */
public final class TableCheck {

    private TableCheck() {}

    /** Everything that is wrong, in document order within each kind of object; empty if the table may be used. */
    public static List<Problem> check(LaneTable table) {
        return check(table, ListedNames.of(table));
    }

    /**
     * Everything that is wrong with some objects of a table, but for hosts that they share with services outside the part.
     *
     * @param part  the objects to check, with the base lane and carriers of the table
     * @param whole the names of the table that they are part of
     */
    public static List<Problem> check(LaneTable part, TableNames whole) {
        List<Problem> problems = new ArrayList<>(broken(part, whole));
        problems.addAll(strict(part));
        return List.copyOf(problems);
    }

    /** What is wrong with a table that cannot be used: as {@link #check(LaneTable)}, but for {@link #strict}. */
    public static List<Problem> broken(LaneTable table) {
        return broken(table, ListedNames.of(table));
    }

    /**
     * Values that no request can match, and more recordings at a time than gateways run. A table that has them can be
     * used, and one that was published before they were refused is.
     */
    public static List<Problem> strict(LaneTable table) {
        PathProblems findings = new PathProblems();
        MatchCheck.check(table, findings);
        RecordingBound.check(table.recordings(), findings);
        return findings.list();
    }

    private static List<Problem> broken(LaneTable part, TableNames whole) {
        PathProblems findings = new PathProblems();
        NameLookup names = new NameLookup(part.base(), part.carriers().cookie(), whole);
        CarrierCheck.check(part.carriers(), findings.below("carriers"));
        new LaneCheck(part.base(), names, findings).check(part.lanes());
        new ServiceCheck(names, findings).check(part.services());
        RouteCheck.check(part.routes(), names, findings);
        new ShiftCheck(part.base(), names, findings).check(part.shifts());
        RecordingCheck.check(part.recordings(), findings);
        return findings.list();
    }
}
