package io.laneway.router.route;

import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slice;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a value by host name: an exact host first, then patterns such as {@code *.example.com}, the most specific
 * first. A pattern stands for one label or more. Immutable; its cost depends on the host's labels alone.
 */
public final class HostMap<V> {

    private final BytesMap<V> exact;
    private final BytesMap<V> suffixes;

    private HostMap(BytesMap<V> exact, BytesMap<V> suffixes) {
        this.exact = exact;
        this.suffixes = suffixes;
    }

    /** A map of hosts and patterns, in any case. */
    public static <V> HostMap<V> of(Map<String, V> hosts) {
        Map<String, V> exact = new HashMap<>();
        Map<String, V> suffixes = new HashMap<>();
        hosts.forEach((host, value) -> {
            String lower = host.toLowerCase(Locale.ROOT);
            if (lower.startsWith("*.")) {
                suffixes.put(lower.substring(1), value);
            } else {
                exact.put(lower, value);
            }
        });
        return new HostMap<>(BytesMap.ignoringCase(exact), BytesMap.ignoringCase(suffixes));
    }

    /** The value of exactly this host. */
    public @Nullable V exact(Slice host) {
        return exact.get(host);
    }

    /** The number of exactly this host, below {@link #exactHosts}, or -1. */
    public int exactNumber(Slice host) {
        return exact.number(host.array(), host.offset(), host.length());
    }

    /** How many exact hosts it has. */
    public int exactHosts() {
        return exact.size();
    }

    /** The value of the exact host of that number. */
    public V exactValue(int number) {
        return exact.value(number);
    }

    /** The value of the most specific pattern whose suffix begins at or after {@code from}. */
    public @Nullable V pattern(Slice host, int from) {
        if (suffixes.size() == 0) {
            return null;
        }
        for (int dot = nextDot(host, from); dot >= 0; dot = nextDot(host, dot + 1)) {
            V value = suffixes.get(host.array(), host.offset() + dot, host.length() - dot);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The value of the exact host, else of the most specific pattern. */
    public @Nullable V get(Slice host) {
        V value = exact.get(host);
        return value != null ? value : pattern(host, 1);
    }

    BytesMap<V> suffixes() {
        return suffixes;
    }

    /** The next dot from an index on, or -1. */
    static int nextDot(Slice host, int from) {
        for (int i = from; i < host.length(); i++) {
            if (host.byteAt(i) == '.') {
                return i;
            }
        }
        return -1;
    }
}
