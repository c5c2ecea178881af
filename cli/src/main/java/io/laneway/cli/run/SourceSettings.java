package io.laneway.cli.run;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source says of its settings, {@code key: what (expected: …)}, at its place in a document. Stateless. */
final class SourceSettings {

    private static final Pattern REFUSAL = Pattern.compile("(?s)([\\w.-]+): (.*?)(?: \\(expected: (.*)\\))?");

    private SourceSettings() {}

    /** @param kind the key of the source, such as {@code kafka} */
    static void refused(IllegalArgumentException refusal, String kind, Node document, Problems problems) {
        String text = String.valueOf(refusal.getMessage());
        Matcher form = REFUSAL.matcher(text);
        String at = "table." + kind;
        if (!form.matches()) {
            problems.add(document.nearest(at), text, "settings of a " + kind + " source");
            return;
        }
        String key = form.group(1);
        String expected = form.group(3) == null ? "" : form.group(3);
        Node setting = document.nearest(at + ".settings." + key);
        Node own = names(setting, key) ? setting : document.nearest(at + "." + key);
        problems.add(own, names(own, key) ? form.group(2) : key + ": " + form.group(2), expected);
    }

    private static boolean names(Node node, String key) {
        return node.location().path().endsWith("." + key);
    }
}
