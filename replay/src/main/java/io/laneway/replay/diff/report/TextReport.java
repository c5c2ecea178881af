package io.laneway.replay.diff.report;

import io.laneway.replay.diff.place.Example;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A report for a person, the most important first. Stateless. */
public final class TextReport {

    private static final int MAX_UNSURE = 50;

    private TextReport() {}

    /** Prints a report. */
    public static void write(DiffReport report, PrintWriter out) {
        List<Finding> sure = of(report, Level.DIFFERS);
        List<Finding> unsure = of(report, Level.UNSURE);
        sure.forEach(finding -> finding(finding, out));
        if (!unsure.isEmpty()) {
            out.println("Unsure: base never differs there, but too few requests do to be more than chance.");
            unsure.stream().limit(MAX_UNSURE).forEach(finding -> finding(finding, out));
            if (unsure.size() > MAX_UNSURE) {
                out.println("... and " + (unsure.size() - MAX_UNSURE) + " more (all of them: --format json)");
            }
        }
        if (report.uncompared() > 0) {
            out.println(report.uncompared() + " requests have a body that was cut or left out: it was not compared.");
        }
        long endpoints = sure.stream().map(Finding::endpoint).distinct().count();
        out.println(report.requests() + " requests, " + report.endpoints().size() + " endpoints: " + sure.size()
                + " differences at " + endpoints + " endpoints, " + unsure.size() + " unsure");
        out.flush();
    }

    private static List<Finding> of(DiffReport report, Level level) {
        return report.findings().stream().filter(it -> it.level() == level).toList();
    }

    private static void finding(Finding it, PrintWriter out) {
        out.println(plain(it.endpoint() + ": " + it.path() + " (" + it.facet().word() + ") " + it.what()));
        out.println("  in " + it.lane() + " of " + it.requests() + " requests, base differs from itself in " + it.base()
                + String.format(Locale.ROOT, ", p %.2g", it.chance()));
        for (Example example : it.examples()) {
            out.println(plain("  request " + example.request().id() + ": base " + example.base() + ", again "
                    + example.again() + ", lane " + example.lane()));
            out.println(plain("    " + example.request().curl()));
        }
        out.println();
    }

    /** Without control characters, which come from responses and would reach a terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
