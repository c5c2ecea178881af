package io.laneway.xds.lane;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.text.Slice;
import io.laneway.xds.words.Patterns;

/** Host patterns of lanes as patterns of RE2 and as domains of virtual hosts. Stateless. */
public final class HostPatterns {

    /** What stands for the lane: characters of one label, of which one is a letter or a digit. */
    public static final String PLACE = "[^.:]*[0-9A-Za-z][^.:]*";

    public static final String AUTHORITY = ":authority";
    public static final String ORIGIN = "origin";

    private static final String PORT = "(:[0-9]+)?";
    private static final String MARK = "{lane}";

    private HostPatterns() {}

    /** Values of {@code :authority}, with a port or without, that fit. */
    public static String authority(HostPattern pattern, String place) {
        return "(?i)" + around(pattern, place) + PORT;
    }

    /** Values of {@code Origin} that fit. */
    public static String origin(HostPattern pattern, String place) {
        return "(?i)[^:]*://" + around(pattern, place) + PORT;
    }

    private static String around(HostPattern pattern, String place) {
        return Patterns.quoted(before(pattern)) + "(" + place + ")" + Patterns.quoted(after(pattern));
    }

    /** The domain of an Envoy that has every host of the pattern, and others. */
    public static String domain(HostPattern pattern) {
        String after = after(pattern);
        return after.isEmpty() ? before(pattern) + "*" : "*" + after;
    }

    /** Whether a host of such a domain, which may begin with a star, may fit. */
    public static boolean mayMatch(HostPattern pattern, String domain) {
        if (domain.equals("*")) {
            return true;
        }
        if (domain.endsWith("*")) {
            return domain.startsWith(before(pattern));
        }
        if (!domain.startsWith("*")) {
            return pattern.match(Slice.of(domain), new Slice());
        }
        String tail = domain.substring(1);
        String after = after(pattern);
        return tail.endsWith(after) || after.endsWith(tail);
    }

    /** Whether every host that fits is one of a wildcard such as {@code *.example.com}. */
    public static boolean within(HostPattern pattern, String wildcard) {
        return wildcard.startsWith("*.") && after(pattern).endsWith(wildcard.substring(1));
    }

    private static String before(HostPattern pattern) {
        String text = pattern.with(MARK);
        return text.substring(0, text.indexOf(MARK));
    }

    private static String after(HostPattern pattern) {
        String text = pattern.with(MARK);
        return text.substring(text.indexOf(MARK) + MARK.length());
    }
}
