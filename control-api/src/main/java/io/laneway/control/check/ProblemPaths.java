package io.laneway.control.check;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.ObjectKeys;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import java.util.List;

/** Says where a problem of the table is in the document of the one object that a call sent. Stateless. */
public final class ProblemPaths {

    private ProblemPaths() {}

    /** The problems, those of the object with places within it; those of other objects stay where they are. */
    public static List<Problem> within(LaneTable table, ObjectKey key, List<Problem> problems) {
        int index = keys(table, key.kind()).indexOf(key);
        String prefix = key.kind() + "s[" + index + "].";
        return problems.stream()
                .map(one -> one.path().startsWith(prefix)
                        ? new Problem(
                                one.file(),
                                one.line(),
                                one.path().substring(prefix.length()),
                                one.what(),
                                one.expected())
                        : one)
                .toList();
    }

    private static List<ObjectKey> keys(LaneTable table, String kind) {
        return switch (kind) {
            case "lane" ->
                table.lanes().stream().map(lane -> ObjectKeys.lane(lane.name())).toList();
            case "service" ->
                table.services().stream()
                        .map(service -> ObjectKeys.service(service.id()))
                        .toList();
            case "shift" ->
                table.shifts().stream()
                        .map(shift -> ObjectKeys.shift(shift.name()))
                        .toList();
            default -> List.of();
        };
    }
}
