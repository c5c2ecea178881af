package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Tracked;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Paths as proxies write them that compare with what is decoded, in the form that a table compares with: as a request has
 * it (RFC 3986 section 3.3). Stateless.
 */
public final class DecodedPath {

    /** What of US-ASCII, beside control characters and space, is encoded in a path; all but the first may be sent as it is. */
    private static final String ENCODED = "%\"<>`{|}^[]?#\\";

    /** What no request line that gateways take has as it is, in a path. */
    private static final String NEVER_RAW = "% ?#\\";

    /** Escapes by a letter that stand for what is encoded, or leave it open. */
    private static final String NAMES = "sShHRvVxptnrfe0QN";

    /** Hexadecimal digits that clients write in either case. */
    private static final Pattern LETTERS = Pattern.compile("[A-F]");

    private static final String REPEATS = "*+?{";
    private static final String EXPECTED = "characters that a request has as they are";
    private static final int OCTETS = 0x80;

    private DecodedPath() {}

    /** The path that a request has for a decoded text; hexadecimal digits are capitals, as most clients write them. */
    public static String text(String decoded) {
        StringBuilder path = new StringBuilder();
        for (byte octet : decoded.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            path.append(encoded(c) ? String.format(Locale.ROOT, "%%%02X", c) : String.valueOf((char) c));
        }
        return path.toString();
    }

    /**
     * The expression of paths of requests for one of decoded paths: octets that a request encodes are written so. Wildcards
     * and classes stay: an encoded octet is three characters to them.
     *
     * @throws Refused if it asks for such octets in a way that has no other form
     */
    public static String regex(Tracked at, String decoded) {
        StringBuilder path = new StringBuilder();
        int next = 0;
        while (next < decoded.length()) {
            char c = decoded.charAt(next);
            int from = next;
            if (c == '\\' && next + 1 < decoded.length()) {
                int escaped = decoded.codePointAt(next + 1);
                next += 1 + Character.charCount(escaped);
                if (named(escaped)) {
                    requireKept(at, decoded, NAMES.indexOf(escaped) < 0);
                    path.append(decoded, from, next);
                } else {
                    path.append(literal(at, decoded, decoded.substring(from + 1, next), next));
                }
            } else if (c == '[') {
                next = end(at, decoded, next);
                path.append(oneOf(at, decoded, decoded.substring(from, next)));
            } else if (c == '(' && decoded.startsWith("(?", next)) {
                next += 2;
                while (next < decoded.length() && ":>)!=".indexOf(decoded.charAt(next)) < 0) {
                    next++;
                }
                next = Math.min(next + 1, decoded.length());
                path.append(decoded, from, next);
            } else if (c == '{' && decoded.substring(next).matches("(?s)\\{[0-9]+(,[0-9]*)?}.*")) {
                next = decoded.indexOf('}', next) + 1;
                path.append(decoded, from, next);
            } else if ("^$.*+?()|".indexOf(c) >= 0) {
                path.append(c);
                next++;
            } else {
                next += Character.charCount(decoded.codePointAt(next));
                path.append(literal(at, decoded, decoded.substring(from, next), next));
            }
        }
        return path.toString();
    }

    private static String literal(Tracked at, String whole, String character, int next) {
        int c = character.codePointAt(0);
        boolean repeated = next < whole.length() && REPEATS.indexOf(whole.charAt(next)) >= 0;
        requireKept(at, whole, c < OCTETS || !repeated);
        if (c < OCTETS && !encoded(c)) {
            return ".*+?()^$|".contains(character) ? "\\" + character : character;
        }
        StringBuilder octets = new StringBuilder();
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            octets.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
        }
        String both = LETTERS.matcher(octets)
                .replaceAll(digit -> "[" + digit.group() + digit.group().toLowerCase(Locale.ROOT) + "]");
        boolean raw = c < OCTETS && !Character.isISOControl(c) && NEVER_RAW.indexOf(c) < 0;
        return raw ? "(?:" + PathRegex.quoted(character) + "|" + both + ")" : repeated ? "(?:" + both + ")" : both;
    }

    /** A class; single octets that a request encodes become other branches of a group. */
    private static String oneOf(Tracked at, String whole, String group) {
        String members = group.substring(1, group.length() - 1);
        StringBuilder kept = new StringBuilder();
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < members.length(); i++) {
            char c = members.charAt(i);
            boolean escape = c == '\\' && i + 1 < members.length();
            char member = escape ? members.charAt(++i) : c;
            boolean name = escape && named(member);
            boolean operator = !escape && ((member == '^' && i == 0) || members.startsWith("[:", i));
            if (operator && member == '[') {
                int end = members.indexOf(":]", i);
                requireKept(
                        at, whole, end > 0 && !members.substring(i, end).matches(".*(space|blank|punct|print|cntrl)"));
                kept.append(members, i, end + 2);
                i = end + 1;
            } else if (name || operator || (member < OCTETS && !encoded(member))) {
                requireKept(at, whole, !name || NAMES.indexOf(member) < 0);
                kept.append(escape ? "\\" : "").append(member);
            } else {
                boolean range = (i + 1 < members.length() - 1 && members.charAt(i + 1) == '-')
                        || (kept.length() > 1 && kept.charAt(kept.length() - 1) == '-');
                requireKept(at, whole, member < OCTETS && !range && !members.startsWith("^"));
                branches.append('|').append(literal(at, "", String.valueOf(member), 0));
            }
        }
        String rest = kept.isEmpty() ? "" : "[" + kept + "]";
        return branches.isEmpty() ? rest : "(?:" + (rest.isEmpty() ? branches.substring(1) : rest + branches) + ")";
    }

    /** Behind the bracket that closes a class. */
    private static int end(Tracked at, String regex, int from) {
        int next = from + 1;
        next += regex.startsWith("^", next) ? 1 : 0;
        next += regex.startsWith("]", next) ? 1 : 0;
        while (next < regex.length() && regex.charAt(next) != ']') {
            boolean named = regex.startsWith("[:", next) && regex.indexOf(":]", next) > 0;
            next = named ? regex.indexOf(":]", next) + 2 : next + (regex.charAt(next) == '\\' ? 2 : 1);
        }
        requireKept(at, regex, next < regex.length());
        return next + 1;
    }

    private static void requireKept(Tracked at, String regex, boolean kept) {
        if (!kept) {
            throw new Refused(
                    at, "path by the expression '" + regex + "' asks for characters that requests encode", EXPECTED);
        }
    }

    private static boolean named(int escaped) {
        return escaped < OCTETS && Character.isLetterOrDigit(escaped);
    }

    private static boolean encoded(int c) {
        return c <= ' ' || c >= 0x7f || ENCODED.indexOf(c) >= 0;
    }
}
