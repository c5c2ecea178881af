package io.laneway.cli.requests;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Help.Ansi;

/**
 * A line for a person of one request that finished: when, at which gateway, for which service, which lane was asked for
 * and which served, why, and how it ended. Immutable.
 */
record TailText(Ansi colours) {

    private static final int TIME_FROM = 11;
    private static final int TIME_TO = 23;

    String line(JsonObject record) {
        StringBuilder line = new StringBuilder();
        line.append(time(Story.text(record, "start_time"))).append(' ');
        line.append(Story.text(record, "gateway")).append(' ');
        line.append(coloured("bold", Story.text(record, "service"))).append(' ');
        line.append(lanes(record)).append(' ');
        String decision = Story.text(record, "decision");
        line.append(decision.matches("lane|base|shift|pinned|-") ? decision : coloured("yellow", decision))
                .append(' ');
        line.append(status(record)).append(' ');
        line.append(Story.text(record, "duration")).append("ms ");
        line.append(Story.text(record, "method")).append(' ');
        line.append(Story.printable(Story.text(record, "path"))).append(' ');
        line.append(coloured("faint", Story.printable(Story.text(record, "x_request_id"))));
        return line.toString();
    }

    private static String time(String start) {
        return start.length() >= TIME_TO ? start.substring(TIME_FROM, TIME_TO) : start;
    }

    private String lanes(JsonObject record) {
        String requested = Story.text(record, "lane_requested");
        String served = Story.text(record, "lane");
        return requested.equals("-") || requested.equals(served)
                ? coloured("cyan", served)
                : coloured("cyan", requested) + " > " + served;
    }

    private String status(JsonObject record) {
        String code = Story.text(record, "response_code");
        String flags = Story.text(record, "response_flags");
        String all = flags.equals("-") || flags.isEmpty() ? code : code + " " + flags;
        return switch (code.charAt(0)) {
            case '2', '3' -> coloured("green", all);
            case '4' -> coloured("yellow", all);
            default -> coloured("red", all);
        };
    }

    private String coloured(String style, String text) {
        return colours.enabled()
                ? Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.off(Ansi.Style.parse(style))
                : text;
    }
}
