package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Tracked;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Regular expressions that say no more than a text or a path prefix does. */
public final class PathRegex {

    private static final Pattern PATH =
            Pattern.compile("(?<text>(?:[A-Za-z0-9_/@:~%=,-]|\\\\[^A-Za-z0-9])*)(?<rest>.*)", Pattern.DOTALL);

    private PathRegex() {}

    /**
     * A path of a table that comes nearest to an expression.
     *
     * @param difference how it differs; empty if it does not
     */
    public record Path(Match match, String difference) {}

    /** The expression of the paths of a prefix. */
    static String ofPrefix(String path) {
        return quoted(path) + "(?:/.*)?";
    }

    /** The expression of one text. */
    public static String quoted(String text) {
        return text.replaceAll("([^A-Za-z0-9_/@:~%=,-])", "\\\\$1");
    }

    /**
     * The path of an expression that a whole path has to match: a text or a prefix where that is the same, else the
     * expression itself.
     *
     * @throws Refused if a table cannot have it
     */
    public static Match match(Tracked at, String regex) {
        Path form = path(regex);
        return form != null && form.difference().isEmpty() ? form.match() : expression(at, regex);
    }

    /**
     * An expression that a whole path has to match.
     *
     * @throws Refused if a table cannot have it
     */
    public static Match expression(Tracked at, String regex) {
        try {
            return Match.expression(regex);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage())
                    .replaceFirst("^regex: path: ", "")
                    .replaceFirst(" \\(expected.*", "");
            throw new Refused(at, "path by the expression '" + regex + "': " + why, "an expression of RE2");
        }
    }

    /** Whether an expression that is searched for may be found in paths that begin with a text. */
    public static boolean mayMatch(String searched, String prefix) {
        return !searched.startsWith("^") || PathLiteral.ofExpression(searched).touches(new PathLiteral(prefix, false));
    }

    /** The expression of whole paths in which some part is like an expression that is searched for. */
    public static String within(String searched) {
        boolean simple = !PathLiteral.alternative(searched, 0);
        boolean begins = simple && searched.startsWith("^");
        boolean ends = simple && searched.endsWith("$") && !searched.endsWith("\\$");
        String bare = searched.substring(begins ? 1 : 0, searched.length() - (ends ? 1 : 0));
        return (begins ? "" : ".*") + (simple ? bare : "(?:" + bare + ")") + (ends ? "" : ".*");
    }

    /** The only text that a whole expression matches, null if there are others. */
    public static @Nullable String text(String regex) {
        Matcher form = PATH.matcher(bare(regex));
        return form.matches() && form.group("rest").isEmpty() ? unescaped(form.group("text")) : null;
    }

    /** The path of an expression that a whole path has to match, null if a table has none for it. */
    public static @Nullable Path path(String regex) {
        Matcher form = PATH.matcher(bare(regex));
        if (!form.matches()) {
            return null;
        }
        String text = unescaped(form.group("text"));
        String rest = form.group("rest");
        if (!text.startsWith("/")) {
            return regex.matches("\\^?/?\\(?\\.\\*\\)?\\$?") ? new Path(Match.prefix("/"), "") : null;
        }
        if (rest.isEmpty()) {
            return new Path(Match.exact(text), "");
        }
        if (rest.matches("\\((\\?:)?/\\.\\*\\)\\?|\\(\\?:/\\|\\$\\)\\.\\*|\\(/\\|\\$\\)\\(?\\.\\*\\)?")) {
            return prefix(text, "");
        }
        if (!rest.matches("\\(?\\.[*+]\\)?")) {
            return null;
        }
        boolean root = text.equals("/") && rest.contains("*");
        return prefix(
                text,
                root
                        ? ""
                        : (text.endsWith("/")
                                ? "does not match '" + cut(text) + "' itself"
                                : "also matches within a segment"));
    }

    private static Path prefix(String text, String difference) {
        return new Path(Match.prefix(cut(text)), difference);
    }

    private static String cut(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String bare(String regex) {
        String text = regex.startsWith("^") ? regex.substring(1) : regex;
        return text.endsWith("$") && !text.endsWith("\\$") ? text.substring(0, text.length() - 1) : text;
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
