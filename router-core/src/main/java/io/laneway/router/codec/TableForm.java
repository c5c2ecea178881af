package io.laneway.router.codec;

import io.laneway.router.codec.recording.RecordingForm;
import io.laneway.router.codec.route.RouteForm;
import io.laneway.router.codec.service.ServiceForm;
import io.laneway.router.codec.shift.ShiftForm;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import java.util.List;

/** The form of a lane table. */
final class TableForm {

    private static final Key<LaneTable, Integer> SCHEMA = Key.optional(
                    "schema", Numbers.constant(LaneTable.SCHEMA), (LaneTable table) -> LaneTable.SCHEMA)
            .or(LaneTable.SCHEMA)
            .written()
            .doc("Version of this form");
    private static final Key<LaneTable, Long> REVISION = Key.optional("revision", Numbers.from(0), LaneTable::revision)
            .or(0L)
            .written()
            .doc("Set by the control API; optional in a file");
    private static final Key<LaneTable, String> BASE = Key.optional(
                    "base", Types.ANY_TEXT.labelled("lane name"), LaneTable::base)
            .or(LaneTable.DEFAULT_BASE)
            .written()
            .doc("Where everything exists; need not be listed in `lanes`");
    private static final Key<LaneTable, Carriers> CARRIERS = Key.optional(
                    "carriers", CarriersForm.FORM.type(), LaneTable::carriers)
            .or(Carriers.DEFAULT)
            .doc("Where requests carry their lane");
    private static final Key<LaneTable, List<Lane>> LANES = Key.optional(
                    "lanes", Types.list(LaneForm.FORM.type()), LaneTable::lanes)
            .or(List.of())
            .written();
    private static final Key<LaneTable, List<Service>> SERVICES = Key.optional(
                    "services", Types.list(ServiceForm.FORM.type()), LaneTable::services)
            .or(List.of())
            .written();
    private static final Key<LaneTable, List<Route>> ROUTES = Key.optional(
                    "routes", Types.list(RouteForm.FORM.type()), LaneTable::routes)
            .or(List.of())
            .written();
    private static final Key<LaneTable, List<Shift>> SHIFTS = Key.optional(
                    "shifts", Types.list(ShiftForm.FORM.type()), LaneTable::shifts)
            .or(List.of())
            .written();

    private static final Key<LaneTable, List<Recording>> RECORDINGS = Key.optional(
                    "recordings", Types.list(RecordingForm.FORM.type()), LaneTable::recordings)
            .or(List.of());

    static final Form<LaneTable> FORM = Form.of(
            "Table",
            "",
            TableForm::table,
            List.of(SCHEMA, REVISION, BASE, CARRIERS, LANES, SERVICES, ROUTES, SHIFTS, RECORDINGS));

    private TableForm() {}

    private static LaneTable table(Read<LaneTable> read) {
        return new LaneTable(
                read.of(REVISION),
                read.of(BASE),
                read.of(CARRIERS),
                read.of(LANES),
                read.of(SERVICES),
                read.of(ROUTES),
                read.of(SHIFTS),
                read.of(RECORDINGS));
    }
}
