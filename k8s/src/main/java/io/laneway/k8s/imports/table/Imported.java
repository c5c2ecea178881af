package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import java.util.List;

/**
 * What came of an import. Immutable.
 *
 * @param notTaken    the lines that are not in the table
 * @param differences the lines that are in it and act differently in some case
 * @param assumptions what was filled in
 */
public record Imported(LaneTable table, List<Problem> notTaken, List<Problem> differences, List<Problem> assumptions) {

    public Imported {
        notTaken = List.copyOf(notTaken);
        differences = List.copyOf(differences);
        assumptions = List.copyOf(assumptions);
    }

    /** A table with what its report says. */
    public static Imported of(LaneTable table, Report report) {
        return new Imported(table, report.notTaken(), report.differences(), report.assumptions());
    }

    /** Whether every line is taken, and acts as it did. */
    public boolean whole() {
        return notTaken.isEmpty() && differences.isEmpty();
    }
}
