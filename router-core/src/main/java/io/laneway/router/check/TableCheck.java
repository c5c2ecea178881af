package io.laneway.router.check;

import io.laneway.router.document.Problem;
import io.laneway.router.model.LaneTable;
import java.util.List;

/** Checks whole lane tables. Safe for many threads. Costs time in proportion to the table. */
public final class TableCheck {

    private TableCheck() {}

    /** Everything that is wrong, in document order within each kind of object; empty if the table may be used. */
    public static List<Problem> check(LaneTable table) {
        Findings findings = new Findings();
        Names names = Names.of(table);
        CarrierCheck.check(table.carriers(), findings.below("carriers"));
        new LaneCheck(table.base(), names, findings).check(table.lanes());
        new ServiceCheck(names, findings).check(table.services());
        RouteCheck.check(table.routes(), names, findings);
        new ShiftCheck(table.base(), names, findings).check(table.shifts());
        return findings.list();
    }
}
