package io.laneway.router.document.fields;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes problems of what records refuse, whose messages are {@code key: what (expected: …)}. */
final class Refusals {

    private static final Pattern FORM = Pattern.compile("(?s)(?:([A-Za-z][\\w]*): )?(.*?)(?: \\(expected: (.*)\\))?");

    private Refusals() {}

    /** What was expected in place of what is refused; empty if that is not said. */
    static String expected(IllegalArgumentException refusal) {
        Matcher form = FORM.matcher(String.valueOf(refusal.getMessage()));
        return form.matches() && form.group(3) != null ? form.group(3) : "";
    }

    static Problem problem(Node node, Map<String, Node> members, IllegalArgumentException refusal) {
        Matcher form = FORM.matcher(String.valueOf(refusal.getMessage()));
        if (!form.matches()) {
            return node.location().problem(String.valueOf(refusal.getMessage()), "");
        }
        String key = form.group(1) == null ? "" : form.group(1);
        Node member = members.get(key);
        String what = member != null || members.isEmpty() || key.isEmpty() ? form.group(2) : key + ": " + form.group(2);
        Node at = member == null ? node : member;
        return at.location().problem(what, form.group(3) == null ? "" : form.group(3));
    }
}
