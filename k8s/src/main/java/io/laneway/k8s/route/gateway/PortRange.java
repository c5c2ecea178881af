package io.laneway.k8s.route.gateway;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ports from one to another, both included; none where the first is above the last. Immutable. */
record PortRange(int first, int last) {

    private static final PortRange NONE = new PortRange(1, 0);
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final int MAX = 65_535;

    /** Of a text such as {@code 20000-20015}; none of another form. */
    static PortRange of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return NONE;
        }
        PortRange range = new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return range.first() < 1 || range.last() > MAX ? NONE : range;
    }

    boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** The lowest port that is not used; null if there is none. */
    @Nullable
    Integer free(Set<Integer> used) {
        for (int port = first; port <= last; port++) {
            if (!used.contains(port)) {
                return port;
            }
        }
        return null;
    }
}
