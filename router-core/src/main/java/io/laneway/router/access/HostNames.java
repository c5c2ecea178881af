package io.laneway.router.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host names that an interface without credentials answers to, compared exactly. A web page can make its own name
 * resolve to 127.0.0.1 (DNS rebinding), so a name counts only if no stranger can own it: {@code localhost}, an IP
 * literal, or one that was configured. Names are compared without case; a trailing dot, user info, a zone or a spelling
 * of an address other than RFC 3986 section 3.2.2 makes another name. Immutable.
 */
public final class HostNames {

    /** Which IP literals count. */
    public enum Literals {
        /** Those of this machine alone. */
        LOOPBACK,
        /** Every one. */
        ANY
    }

    /** What a request's own words come to. */
    public enum Verdict {
        /** Every name in it counts. */
        KNOWN,
        /** A name in it does not count. */
        FOREIGN,
        /** It names no host, or several (RFC 9112 section 3.2). */
        AMBIGUOUS
    }

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*");

    private final Set<String> names;
    private final Literals literals;

    private HostNames(Set<String> names, Literals literals) {
        this.names = names;
        this.literals = literals;
    }

    /** {@code localhost}, literals and the names given, which may be literals too. */
    public static HostNames of(Collection<String> configured, Literals literals) {
        Set<String> names = new HashSet<>(Set.of("localhost"));
        configured.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return new HostNames(Set.copyOf(names), literals);
    }

    /**
     * Looks at every name that a request says it is for. What is said twice counts twice, since the program behind may
     * read either.
     *
     * @param target the request target, which names a host in absolute form
     * @param hosts  the values of all {@code Host} fields, and {@code :authority} where there is one
     */
    public Verdict judge(String target, List<String> hosts) {
        if (hosts.size() != 1) {
            return Verdict.AMBIGUOUS;
        }
        String absolute = SCHEME.matcher(target).matches() ? authority(target) : null;
        boolean known = (absolute == null || holds(absolute)) && hosts.stream().allMatch(this::holds);
        return known ? Verdict.KNOWN : Verdict.FOREIGN;
    }

    private static String authority(String target) {
        String rest = target.substring(target.indexOf("://") + 3);
        for (int i = 0; i < rest.length(); i++) {
            if ("/?#\\".indexOf(rest.charAt(i)) >= 0) {
                return rest.substring(0, i);
            }
        }
        return rest;
    }

    /** Whether an authority, with or without a port, has a name that counts. */
    public boolean holds(String authority) {
        String host = host(authority);
        return host != null && (names.contains(host.toLowerCase(Locale.ROOT)) || literal(host));
    }

    /** The host of an authority, with brackets where it has them; null if it is none. */
    private static @Nullable String host(String authority) {
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (end == 0 && authority.startsWith("[")) {
            return null;
        }
        if (end < 0 || end == authority.length()) {
            return authority;
        }
        boolean port = authority.charAt(end) == ':'
                && PORT.matcher(authority.substring(end + 1)).matches();
        return port ? authority.substring(0, end) : null;
    }

    private boolean literal(String host) {
        boolean six = host.startsWith("[")
                && host.endsWith("]")
                && IPV6.matcher(host.substring(1, host.length() - 1)).matches();
        if (!six && !IPV4.matcher(host).matches()) {
            return false;
        }
        try {
            // What has this form is read without asking DNS.
            InetAddress address = InetAddress.getByName(host);
            return literals == Literals.ANY || address.isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
