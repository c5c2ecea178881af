package io.laneway.cli.replays;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A replay as text. Stateless. */
final class ReplayText {

    private ReplayText() {}

    /** How far it is, in a line. */
    static String line(JsonObject replay) {
        JsonObject progress = replay.getJsonObject("progress", new JsonObject());
        StringBuilder line = new StringBuilder("replay " + replay.getString("id") + ": " + replay.getString("state"));
        if (!progress.isEmpty()) {
            line.append(", ").append(progress.getLong("responded", 0L)).append(" of ");
            line.append(progress.getLong("planned", 0L)).append(" requests responded, ");
            line.append(progress.getLong("failed", 0L)).append(" failed, ");
            line.append(progress.getLong("skipped", 0L)).append(" unsafe or WebSockets left out; late by ");
            line.append(progress.getLong("lateMillis", 0L)).append(" ms at most");
        }
        if (progress.getLong("left", 0L) > 0) {
            line.append("; ").append(progress.getLong("left")).append(" recorded ones found no room at the gateway");
        }
        return plain(line + (replay.containsKey("problem") ? ": " + replay.getString("problem") : ""));
    }

    /** What is known of it. */
    static String of(JsonObject replay) {
        StringBuilder out = new StringBuilder(line(replay)).append('\n');
        out.append("  recording ").append(replay.getString("recording")).append(" by gateway ");
        out.append(replay.getString("gateway")).append(" into lane ").append(replay.getString("lane"));
        out.append(replay.containsKey("against") ? " against " + replay.getString("against") : "");
        JsonObject progress = replay.getJsonObject("progress", new JsonObject());
        if (progress.containsKey("served")) {
            out.append("\n  ").append(progress.getString("served"));
        }
        if (progress.containsKey("note")) {
            out.append("\n  ").append(progress.getString("note"));
        }
        JsonObject report = replay.getJsonObject("report");
        if (report != null) {
            report(report, out.append("\n\n"));
        }
        return plain(out.toString());
    }

    private static void report(JsonObject report, StringBuilder out) {
        JsonArray findings = report.getJsonArray("findings", new JsonArray());
        long sure = 0;
        for (Object one : findings) {
            JsonObject finding = (JsonObject) one;
            sure += finding.getString("level", "").equals("differs") ? 1 : 0;
            finding(finding, out);
        }
        out.append(report.getLong("requests", 0L)).append(" requests, ");
        out.append(report.getJsonArray("endpoints", new JsonArray()).size()).append(" endpoints: ");
        out.append(sure).append(" differences, ").append(findings.size() - sure).append(" unsure");
        long more = report.getLong("more", 0L);
        out.append(more > 0 ? ", and " + more + " more findings that are not here" : "");
    }

    private static void finding(JsonObject it, StringBuilder out) {
        out.append(it.getString("level", "").equals("differs") ? "" : "unsure: ");
        out.append(it.getString("endpoint"))
                .append(": ")
                .append(it.getString("path"))
                .append(" (");
        out.append(it.getString("facet"))
                .append(") ")
                .append(it.getString("what"))
                .append("\n  in ");
        out.append(it.getLong("lane")).append(" of ").append(it.getLong("requests"));
        out.append(" requests, base differs from itself in ").append(it.getLong("base"));
        out.append(String.format(Locale.ROOT, ", p %.2g%n", it.getDouble("p", 1.0)));
        for (Object one : it.getJsonArray("examples", new JsonArray())) {
            JsonObject example = (JsonObject) one;
            out.append("  request ").append(example.getString("request")).append(": base ");
            out.append(example.getString("base1")).append(", again ").append(example.getString("base2"));
            out.append(", lane ").append(example.getString("lane")).append("\n    ");
            out.append(example.getString("curl")).append('\n');
        }
        out.append('\n');
    }

    /** Without control characters but line ends, which come from responses and would reach a terminal. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }
}
