package io.laneway.replay.redact;

import io.laneway.replay.text.Percent;

/**
 * Redacts pairs of names and values as in queries and forms (application/x-www-form-urlencoded), whose names and values may
 * be percent-encoded; what is no secret stays as it was written. Confined to one thread.
 */
final class PairsRedactor {

    private final SecretNames names;
    private final Replacements replacements;
    private final NestedText nested;

    PairsRedactor(SecretNames names, Replacements replacements, NestedText nested) {
        this.names = names;
        this.replacements = replacements;
        this.nested = nested;
    }

    /** An address: its path with parameters, its query, and its fragment as if it were a query. */
    String address(String address, String place, int depth) {
        int query = first(address, '?', '#');
        if (query < 0) {
            return path(address, place, depth);
        }
        StringBuilder out = new StringBuilder(address.length());
        out.append(path(address.substring(0, query), place, depth));
        int fragment = address.indexOf('#', query + 1);
        int end = fragment < 0 ? address.length() : fragment;
        out.append(address.charAt(query)).append(pairs(address.substring(query + 1, end), place, depth));
        if (fragment >= 0) {
            out.append('#').append(pairs(address.substring(fragment + 1).replaceFirst("^\\?", ""), place, depth));
        }
        return out.toString();
    }

    private static int first(String text, char one, char other) {
        int a = text.indexOf(one);
        int b = text.indexOf(other);
        return a < 0 ? b : b < 0 ? a : Math.min(a, b);
    }

    /** Segments, each with parameters behind semicolons (RFC 3986, 3.3). */
    private String path(String path, String place, int depth) {
        StringBuilder out = new StringBuilder(path.length());
        int from = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                out.append(segment(path.substring(from, i), place, depth));
                if (i < path.length()) {
                    out.append('/');
                }
                from = i + 1;
            }
        }
        return out.toString();
    }

    private String segment(String segment, String place, int depth) {
        int parameters = segment.indexOf(';');
        String name = parameters < 0 ? segment : segment.substring(0, parameters);
        String plain = Percent.decode(name, false);
        String shown = SecretShapes.replace(
                plain, (shape, secret) -> replacements.replace(secret, place + " (" + shape + ")"));
        String kept = shown.equals(plain) ? name : Percent.encode(shown);
        return parameters < 0 ? kept : kept + ";" + pairs(segment.substring(parameters + 1), place, depth);
    }

    /** Pairs between ampersands or semicolons. */
    String pairs(String pairs, String place, int depth) {
        StringBuilder out = new StringBuilder(pairs.length());
        int from = 0;
        for (int i = 0; i <= pairs.length(); i++) {
            if (i == pairs.length() || pairs.charAt(i) == '&' || pairs.charAt(i) == ';') {
                out.append(pair(pairs.substring(from, i), place, depth));
                if (i < pairs.length()) {
                    out.append(pairs.charAt(i));
                }
                from = i + 1;
            }
        }
        return out.toString();
    }

    private String pair(String pair, String place, int depth) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return value(pair, place, depth);
        }
        String name = Percent.decode(Percent.decode(pair.substring(0, equals), true), false);
        String raw = pair.substring(equals + 1);
        String where = place + "." + SecretShapes.replace(name, (shape, secret) -> "*");
        String first = pair.substring(0, equals);
        String key = SecretShapes.replace(
                Percent.decode(first, true), (shape, secret) -> replacements.replace(secret, where));
        String kept = key.equals(Percent.decode(first, true)) ? first : Percent.encode(key);
        String value =
                names.has(name) ? replacements.replace(Percent.decode(raw, true), where) : value(raw, where, depth);
        return kept + "=" + value;
    }

    private String value(String raw, String place, int depth) {
        String plain = Percent.decode(raw, true);
        String redacted = nested.redact(plain, place, depth + 1);
        return redacted.equals(plain) ? raw : Percent.encode(redacted);
    }
}
