package io.laneway.gateway.server.replay;

import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.JsonReport;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringWriter;

/** What differed, as JSON of a bounded size: the most important findings, and how many more there are. Stateless. */
final class BoundedReport {

    private static final int CHARS = 400 << 10;
    private static final int FINDINGS = 200;
    private static final int ENDPOINTS = 500;

    private BoundedReport() {}

    static JsonObject of(DiffReport report) throws IOException {
        int most = FINDINGS;
        String text = text(report.first(most, ENDPOINTS));
        while (text.length() > CHARS && most > 1) {
            most /= 2;
            text = text(report.first(most, ENDPOINTS));
        }
        int left = Math.max(0, report.findings().size() - most);
        JsonObject json = new JsonObject(text);
        return left == 0 ? json : json.put("more", left);
    }

    private static String text(DiffReport report) throws IOException {
        StringWriter out = new StringWriter();
        JsonReport.write(report, out);
        return out.toString();
    }
}
