package io.laneway.control.http;

import io.laneway.control.store.RowFilter;
import java.util.ArrayList;
import java.util.List;

/** What a call that lists history asks for. Stateless. */
public final class HistoryQuery {

    /** The names of its parameters in the template of a route whose rows have subjects of the table. */
    public static final String NAMES = "before,who,action,lane,service,shift";

    /** The names for rows that have other subjects. */
    public static final String AUDIT = "before,who,action";

    private static final int MAX_NAME = 500;

    private HistoryQuery() {}

    /** Which rows a call asks for. */
    public static RowFilter filter(Call call) {
        List<String> subjects = new ArrayList<>();
        String lane = name(call, "lane");
        if (!lane.isEmpty()) {
            subjects.addAll(List.of("lane " + lane, "deployment */" + lane));
        }
        String service = name(call, "service");
        if (!service.isEmpty()) {
            subjects.addAll(List.of("service " + service, "deployment " + service + "/*"));
        }
        String shift = name(call, "shift");
        if (!shift.isEmpty()) {
            subjects.add("shift " + shift);
        }
        return new RowFilter(ListQuery.text(call, "q", MAX_NAME), name(call, "who"), name(call, "action"), subjects);
    }

    /** A name, in which a star is no pattern: no object has one in its own. */
    private static String name(Call call, String parameter) {
        String name = ListQuery.text(call, parameter, MAX_NAME);
        if (name.contains("*")) {
            throw Call.malformed(parameter, name, "a name without *");
        }
        return name;
    }

    /** The number before which rows are wanted: {@code after} the last one of a page, from the newest on. */
    public static long before(Call call) {
        String name = call.query("after") == null ? "before" : "after";
        return call.number(name, Long.MAX_VALUE, 1, Long.MAX_VALUE);
    }
}
