package io.laneway.xds.words;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;

/** Patterns of RE2 for values of headers; each holds for a value as a whole. Stateless. */
public final class Patterns {

    /** A value that has a slug: printable, with a letter or a digit. Others count as absent. */
    public static final String PRESENT = "[^\\x00-\\x1f\\x7f]*[0-9A-Za-z][^\\x00-\\x1f\\x7f]*";
    /** The value of a member of baggage that has a slug. */
    public static final String MEMBER = "[^,;]*[0-9A-Za-z][^,;]*";
    /** The value of a cookie that has a slug. */
    public static final String COOKIE = "[^;]*[0-9A-Za-z][^;]*";

    /** An Envoy refuses larger programs, by default those above 100 steps: a long host name is one, and so is a {@code .*} or two. */
    private static final int PROGRAM = 100_000;

    private Patterns() {}

    /** A pattern where no matcher tree has it. */
    @SuppressWarnings("deprecation") // nothing else in a resource raises the bound of its patterns
    public static RegexMatcher ofEnvoys(String regex) {
        return RegexMatcher.newBuilder()
                .setGoogleRe2(RegexMatcher.GoogleRE2.newBuilder().setMaxProgramSize(UInt32Value.of(PROGRAM)))
                .setRegex(regex)
                .build();
    }

    /** A list of members (W3C Baggage) of which one has such a value. */
    public static String member(String key, String value) {
        return "(.*,)?[ \\t]*" + quoted(key) + "[ \\t]*=[ \\t]*(" + value + ")[ \\t]*([,;].*)?";
    }

    /** Cookies of which one has such a value. */
    public static String cookie(String name, String value) {
        return "(.*;)?[ \\t]*" + quoted(name) + "[ \\t]*=[ \\t]*\"?(" + value + ")\"?[ \\t]*(;.*)?";
    }

    /** Cookies of which one has that name. */
    public static String cookie(String name) {
        return "(.*;)?[ \\t]*" + quoted(name) + "[ \\t]*=.*";
    }

    /** Paths, maybe with a query, that are this one. */
    public static String path(String path) {
        return quoted(path) + "([?#].*)?";
    }

    /** Paths, maybe with a query, that begin with these whole segments. */
    public static String below(String prefix) {
        return quoted(prefix) + "([/?#].*)?";
    }

    /** A text as a pattern: RE2 takes a backslash before punctuation alone. */
    public static String quoted(String text) {
        return text.replaceAll("[\\p{Punct} ]", "\\\\$0");
    }
}
