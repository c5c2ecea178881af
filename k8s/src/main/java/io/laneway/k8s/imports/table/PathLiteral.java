package io.laneway.k8s.imports.table;

/**
 * What all paths of a prefix or an expression begin with. Immutable.
 *
 * @param segments whether behind it a path ends, or has a slash
 */
record PathLiteral(String text, boolean segments) {

    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    static PathLiteral ofPrefix(String path) {
        return new PathLiteral(path.equals("/") ? "" : path, true);
    }

    /** As far as it is read; less is always right. */
    static PathLiteral ofExpression(String regex) {
        StringBuilder text = new StringBuilder();
        int at = regex.startsWith("^") ? 1 : 0;
        int before = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            boolean escaped = c == '\\' && at + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(at + 1));
            if (!escaped && SPECIAL.indexOf(c) >= 0) {
                break;
            }
            before = text.length();
            text.append(escaped ? regex.charAt(at + 1) : c);
            at += escaped ? 2 : 1;
        }
        boolean repeated = at < regex.length() && "*?{".indexOf(regex.charAt(at)) >= 0;
        return new PathLiteral(
                alternative(regex, at) ? "" : text.substring(0, repeated ? before : text.length()), false);
    }

    /** Whether there is another branch at the outermost level, as far as brackets are in pairs. */
    static boolean alternative(String regex, int from) {
        int depth = 0;
        for (int at = from; at < regex.length(); at++) {
            char c = regex.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == '|' && depth <= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a path may begin with both. */
    boolean touches(PathLiteral other) {
        boolean more = text.length() >= other.text.length();
        PathLiteral longer = more ? this : other;
        PathLiteral shorter = more ? other : this;
        return longer.text.startsWith(shorter.text)
                && (!shorter.segments
                        || longer.text.length() == shorter.text.length()
                        || longer.text.charAt(shorter.text.length()) == '/');
    }
}
