package io.laneway.xds.route;

/** Patterns of RE2 for values of headers; each holds for a value as a whole. Stateless. */
final class Patterns {

    /** A value that has a slug: printable, with a letter or a digit. Others count as absent. */
    static final String PRESENT = "[^\\x00-\\x1f\\x7f]*[0-9A-Za-z][^\\x00-\\x1f\\x7f]*";
    /** The value of a member of baggage that has a slug. */
    static final String MEMBER = "[^,;]*[0-9A-Za-z][^,;]*";
    /** The value of a cookie that has a slug. */
    static final String COOKIE = "[^;]*[0-9A-Za-z][^;]*";

    private Patterns() {}

    /** A list of members (W3C Baggage) of which one has such a value. */
    static String member(String key, String value) {
        return "(.*,)?[ \\t]*" + quoted(key) + "[ \\t]*=[ \\t]*(" + value + ")[ \\t]*([,;].*)?";
    }

    /** Cookies of which one has such a value. */
    static String cookie(String name, String value) {
        return "(.*;)?[ \\t]*" + quoted(name) + "[ \\t]*=[ \\t]*\"?(" + value + ")\"?[ \\t]*(;.*)?";
    }

    /** Cookies of which one has that name. */
    static String cookie(String name) {
        return "(.*;)?[ \\t]*" + quoted(name) + "[ \\t]*=.*";
    }

    /** Paths, maybe with a query, that are this one. */
    static String path(String path) {
        return quoted(path) + "([?#].*)?";
    }

    /** Paths, maybe with a query, that begin with these whole segments. */
    static String below(String prefix) {
        return quoted(prefix) + "([/?#].*)?";
    }

    /** A text as a pattern: RE2 takes a backslash before punctuation alone. */
    static String quoted(String text) {
        return text.replaceAll("[\\p{Punct} ]", "\\\\$0");
    }
}
