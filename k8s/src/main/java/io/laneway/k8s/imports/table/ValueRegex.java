package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import org.jspecify.annotations.Nullable;

/** Conditions for values of headers and parameters beside one exact text, as expressions for the whole value. Stateless. */
public final class ValueRegex {

    /** Any value, also an empty one: it is there. */
    public static final String ANY = ".*";

    private static final String ANY_CASE = "(?i)";

    private ValueRegex() {}

    /** Values that begin with a text. */
    public static String prefix(String text) {
        return PathRegex.quoted(text) + ANY;
    }

    /** Values that end with a text. */
    public static String suffix(String text) {
        return ANY + PathRegex.quoted(text);
    }

    /** Values that have a text in them. */
    public static String contains(String text) {
        return ANY + PathRegex.quoted(text) + ANY;
    }

    /** One text as it is. */
    public static String text(String text) {
        return PathRegex.quoted(text);
    }

    /** The same values in upper and lower case. */
    public static String anyCase(String expression) {
        return ANY_CASE + expression;
    }

    /** Every value but one text. */
    public static String notText(String text) {
        StringBuilder end = new StringBuilder(".+");
        for (int i = text.length() - 1; i >= 0; i--) {
            end.insert(0, other(text.charAt(i))).append(")?");
        }
        return end.toString();
    }

    /** Every value that does not begin with a text, which is not empty. */
    public static String notPrefix(String text) {
        StringBuilder end = new StringBuilder();
        for (int i = text.length() - 1; i >= 0; i--) {
            if (end.isEmpty()) {
                end.append("(?:[^").append(PathRegex.quoted(text.substring(i))).append("].*)?");
            } else {
                end.insert(0, other(text.charAt(i))).append(")?");
            }
        }
        return end.toString();
    }

    /** Another character and what is behind it, or this one and what follows. */
    private static String other(char c) {
        String quoted = PathRegex.quoted(String.valueOf(c));
        return "(?:[^" + (c == '-' ? "\\-" : quoted) + "].*|" + quoted;
    }

    /** Says how a table sees a parameter that may have any value. */
    public static void bare(@Nullable String expression, Tracked at, Report report) {
        if (ANY.equals(expression)) {
            report.differs(at.location(), "a parameter without '=' is none", "one with '='");
        }
    }

    /**
     * A match with such a condition.
     *
     * @throws Refused if a table cannot have it
     */
    public static Match with(Match match, Tracked at, Marker.Kind kind, String name, String expression) {
        if (match.asks(kind, name)) {
            throw new Refused(at, "two conditions of '" + name + "'", "one");
        }
        try {
            return match.with(kind, name, expression);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage())
                    .replaceFirst("^regex: (headers|query): ", "")
                    .replaceFirst(" \\(expected.*", "");
            throw new Refused(
                    at, "'" + name + "' by the expression '" + expression + "': " + why, "an expression of RE2");
        }
    }
}
