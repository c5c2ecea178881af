package io.laneway.replay.diff.report;

import io.laneway.replay.diff.place.Example;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as JUnit's XML, as Surefire writes it: an endpoint is a test case. Stateless. */
public final class JunitReport {

    private JunitReport() {}

    /** Writes a report. */
    public static void write(DiffReport report, Writer out) throws IOException {
        Map<String, List<Finding>> findings =
                report.findings().stream().collect(Collectors.groupingBy(Finding::endpoint));
        long failures = report.findings().stream()
                .filter(it -> it.level() == Level.DIFFERS)
                .map(Finding::endpoint)
                .distinct()
                .count();
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.write("<testsuite name=\"laneway diff\" time=\"0\" tests=\""
                + report.endpoints().size() + "\" errors=\"0\" skipped=\"0\" failures=\"" + failures + "\">\n");
        for (DiffReport.EndpointRequests endpoint : report.endpoints()) {
            testcase(endpoint.endpoint(), findings.getOrDefault(endpoint.endpoint(), List.of()), out);
        }
        out.write("</testsuite>\n");
        out.flush();
    }

    private static void testcase(String endpoint, List<Finding> findings, Writer out) throws IOException {
        out.write("  <testcase classname=\"laneway.diff\" time=\"0\" name=\"" + escaped(endpoint) + "\">\n");
        List<Finding> sure =
                findings.stream().filter(it -> it.level() == Level.DIFFERS).toList();
        if (!sure.isEmpty()) {
            String message = sure.get(0).path() + " " + sure.get(0).what()
                    + (sure.size() > 1 ? ", and " + (sure.size() - 1) + " more" : "");
            out.write("    <failure type=\"difference\" message=\"" + escaped(message) + "\">" + escaped(text(sure))
                    + "</failure>\n");
        }
        List<Finding> unsure =
                findings.stream().filter(it -> it.level() == Level.UNSURE).toList();
        if (!unsure.isEmpty()) {
            out.write("    <system-out>" + escaped("unsure:\n" + text(unsure)) + "</system-out>\n");
        }
        out.write("  </testcase>\n");
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding it : findings) {
            text.append(it.path() + " (" + it.facet().word() + ") " + it.what() + ": " + it.lane() + " of "
                    + it.requests() + " requests\n");
            for (Example example : it.examples()) {
                text.append(
                        "  " + example.request().id() + " " + example.request().curl() + "\n");
            }
        }
        return text.toString();
    }

    /** As XML 1.0 allows it: most control characters and half surrogates have no form in it. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean allowed(int c) {
        return c == '\n' || c == '\t' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
    }
}
