package io.laneway.router.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of host names, host patterns, addresses and header names. */
final class HostSyntax {

    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern HOST = Pattern.compile("(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern ADDRESS = Pattern.compile("(.{1,255}):(\\d{1,5})");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int LONGEST = 253;

    private HostSyntax() {}

    static void check(String host, String path, PathProblems at) {
        if (!isHost(host)) {
            at.add(path, "'" + host + "'", "a host name without port, or *. and a host name");
        }
    }

    /** Whether it is {@code host:port}, the host a name without a pattern, an IPv4 or a bracketed IPv6 address. */
    static boolean isAddress(String address) {
        Matcher form = ADDRESS.matcher(address);
        if (!form.matches()) {
            return false;
        }
        int port = Integer.parseInt(form.group(2));
        return port > 0
                && port <= 65_535
                && isHost(form.group(1))
                && !form.group(1).startsWith("*");
    }

    /** Whether a pattern has its one place exactly once and is a host when that is filled in. */
    static boolean isPattern(String pattern, String place) {
        int at = pattern.indexOf(place);
        return at >= 0
                && pattern.indexOf(place, at + 1) < 0
                && HOST.matcher(pattern.replace(place, "x")).matches();
    }

    /** RFC 9110 section 5.6.2. */
    static boolean isToken(String name) {
        return TOKEN.matcher(name).matches();
    }

    private static boolean isHost(String host) {
        return host.length() <= LONGEST
                && (HOST.matcher(host).matches() || IPV6.matcher(host).matches());
    }
}
