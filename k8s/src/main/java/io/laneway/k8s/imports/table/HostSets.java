package io.laneway.k8s.imports.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hosts and patterns within others; {@code *} is any host. */
public final class HostSets {

    private static final String ANY = "*";

    private HostSets() {}

    /** What a host has in common with others; itself if there are no others. */
    public static List<String> within(String host, List<String> others) {
        if (others.isEmpty()) {
            return List.of(host);
        }
        List<String> within = new ArrayList<>();
        for (String other : others) {
            String both = both(host, other);
            if (both != null && !within.contains(both)) {
                within.add(both);
            }
        }
        return within;
    }

    /** Whether these hosts have that one among them. */
    public static boolean covers(List<String> hosts, String name) {
        return hosts.stream().anyMatch(host -> both(host, name) != null);
    }

    /** The narrower of two hosts of which one is within the other; null if neither is. */
    private static @Nullable String both(String one, String other) {
        if (one.equals(other) || other.equals(ANY) || under(one, other)) {
            return one;
        }
        return one.equals(ANY) || under(other, one) ? other : null;
    }

    private static boolean under(String name, String pattern) {
        return pattern.startsWith("*.") && name.endsWith(pattern.substring(1));
    }
}
