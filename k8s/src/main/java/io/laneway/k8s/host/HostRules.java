package io.laneway.k8s.host;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which namespaces may claim which hosts. Where nothing is allowed by name, every namespace may claim every host that no
 * other has. Else a namespace may claim what is allowed to it, or to {@code *}, and nothing besides. Immutable.
 *
 * @param allow hosts and patterns such as {@code *.shop.example} by namespace; {@code *} among the hosts is any host
 */
public record HostRules(Map<String, List<String>> allow) {

    /** Means every namespace, or every host. */
    public static final String ANY = "*";

    /** Every namespace may claim what no other has. */
    public static final HostRules OPEN = new HostRules(Map.of());

    public HostRules {
        allow = allow.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> lower(entry.getKey(), entry.getValue())));
    }

    private static List<String> lower(String namespace, List<String> hosts) {
        for (String host : hosts) {
            if (host.isBlank()
                    || (host.contains("*") && !host.equals(ANY) && host.lastIndexOf('*') > 0)
                    || (host.startsWith("*") && !host.equals(ANY) && !host.startsWith("*."))) {
                throw new IllegalArgumentException(
                        "hosts.allow." + namespace + ": '" + host + "' (expected: a host, *. and a host, or *)");
            }
        }
        return hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether nothing is allowed by name, so that the first claim alone decides. */
    public boolean open() {
        return allow.isEmpty();
    }

    /** Whether a namespace may claim a host or pattern, in lower case. */
    public boolean permit(String namespace, String host) {
        return open() || of(namespace).stream().anyMatch(pattern -> covers(pattern, host));
    }

    /** What a namespace may claim, for messages. */
    List<String> of(String namespace) {
        List<String> own = allow.getOrDefault(namespace, List.of());
        List<String> all = allow.getOrDefault(ANY, List.of());
        return own.isEmpty()
                ? all
                : java.util.stream.Stream.concat(own.stream(), all.stream()).toList();
    }

    /** Whether every name that a host or pattern covers is also one of a pattern. */
    static boolean covers(String pattern, String host) {
        return pattern.equals(ANY)
                || pattern.equals(host)
                || (pattern.startsWith("*.") && host.endsWith(pattern.substring(1)));
    }

    @Override
    public String toString() {
        return "HostRules" + new TreeMap<>(allow);
    }
}
