package io.laneway.xds.host;

import org.jspecify.annotations.Nullable;

/**
 * Expressions for whole paths as expressions for paths with a query, which are all that an Envoy's matchers see: what may stand
 * for any character must not reach into the query. Stateless.
 */
final class PathExpressions {

    private static final String QUERY = "?#";

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PathExpressions(String text) {
        this.text = text;
    }

    /** The expression for {@code :path}; null for one that cannot be kept out of the query. */
    static @Nullable String overTarget(String expression) {
        String path = PathExpressions.path(expression);
        return path == null ? null : "(?:" + path + ")([?#].*)?";
    }

    private static @Nullable String path(String expression) {
        boolean ends = expression.endsWith("$") && !expression.endsWith("\\$");
        PathExpressions reader =
                new PathExpressions(ends ? expression.substring(0, expression.length() - 1) : expression);
        return reader.read() ? reader.out.toString() : null;
    }

    private boolean read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean taken = switch (c) {
                case '\\' -> escape();
                case '[' -> set();
                case '.' -> take(1, "[^?#\\n]");
                case '$', '#' -> false;
                default -> take(1, String.valueOf(c));
            };
            if (!taken) {
                return false;
            }
        }
        return true;
    }

    private boolean take(int length, String as) {
        at += length;
        out.append(as);
        return true;
    }

    private boolean escape() {
        if (at + 1 == text.length()) {
            return false;
        }
        char c = text.charAt(at + 1);
        return switch (c) {
            case 'd', 'w', 's', 'b', 'B', 'A' -> take(2, "\\" + c);
            case 'D' -> take(2, "[^0-9?#]");
            case 'W' -> take(2, "[^0-9A-Za-z_?#]");
            case 'S' -> take(2, "[^\\t\\n\\f\\r ?#]");
            default -> QUERY.indexOf(c) < 0 && isPunctuation(c) && take(2, "\\" + c);
        };
    }

    private static boolean isPunctuation(char c) {
        return c < 0x80 && c > ' ' && !Character.isLetterOrDigit(c);
    }

    /** A set of characters: a negated one leaves out those of the query as well, any other must not have them. */
    private boolean set() {
        int from = at + 1;
        boolean others = text.startsWith("^", from);
        int first = from + (others ? 1 : 0);
        int end = first;
        while (end < text.length() && (text.charAt(end) != ']' || end == first)) {
            if (text.startsWith("[:", end)) {
                return false;
            }
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            return false;
        }
        String members = text.substring(first, end);
        if (others) {
            return take(end + 1 - at, "[^" + members + QUERY + "]");
        }
        return isFreeOfQuery(members) && take(end + 1 - at, "[" + members + "]");
    }

    private static boolean isFreeOfQuery(String members) {
        for (int i = 0; i < members.length(); i++) {
            char c = members.charAt(i);
            if (c == '\\') {
                i++;
                boolean known = i < members.length()
                        && ("dws".indexOf(members.charAt(i)) >= 0 || isPunctuation(members.charAt(i)));
                if (!known || QUERY.indexOf(members.charAt(i)) >= 0 || ranges(members, i)) {
                    return false;
                }
            } else if (QUERY.indexOf(c) >= 0 || (ranges(members, i) && spans(c, members.charAt(i + 2)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a range begins there. */
    private static boolean ranges(String members, int place) {
        return place + 2 < members.length() && members.charAt(place + 1) == '-';
    }

    private static boolean spans(char from, char to) {
        return to == '\\' || QUERY.chars().anyMatch(c -> from <= c && c <= to);
    }
}
