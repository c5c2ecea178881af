package io.laneway.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.text.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostMapTest {

    private static final List<String> LABELS = List.of("a", "b", "com", "x-y");

    private static String get(HostMap<String> map, String host) {
        return map.get(Slice.of(host));
    }

    @Test
    void anExactHostGoesBeforeAPatternAndALongerPatternBeforeAShorterOne() {
        HostMap<String> map = HostMap.of(
                Map.of("a.example.com", "exact", "*.example.com", "short", "*.b.example.com", "long", "*.com", "com"));
        assertThat(get(map, "a.example.com")).isEqualTo("exact");
        assertThat(get(map, "A.Example.COM")).isEqualTo("exact");
        assertThat(get(map, "x.example.com")).isEqualTo("short");
        assertThat(get(map, "x.a.example.com")).isEqualTo("short");
        assertThat(get(map, "x.b.example.com")).isEqualTo("long");
        assertThat(get(map, "b.example.com")).isEqualTo("short");
        assertThat(get(map, "example.com")).as("a pattern needs a label").isEqualTo("com");
        assertThat(get(map, "com")).isNull();
        assertThat(get(map, "")).isNull();
    }

    @Test
    void numbersAreOfExactHostsAlone() {
        HostMap<String> map = HostMap.of(Map.of("a", "1", "b", "2", "*.c", "3"));
        assertThat(map.exactHosts()).isEqualTo(2);
        assertThat(map.exactNumber(Slice.of("x.c"))).isNegative();
        for (String host : List.of("a", "b")) {
            assertThat(map.exactValue(map.exactNumber(Slice.of(host)))).isEqualTo(map.exact(Slice.of(host)));
        }
    }

    /** The same by comparing strings, the longest pattern first. */
    @Test
    void findsWhatComparingFinds() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Map<String, String> hosts = new HashMap<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                String host = (random.nextBoolean() ? "*." : "") + host(random);
                hosts.put(host, host);
            }
            HostMap<String> map = HostMap.of(hosts);
            for (int i = 0; i < 20; i++) {
                String host = host(random);
                assertThat(get(map, host.toUpperCase(Locale.ROOT)))
                        .as("%s in %s", host, hosts.keySet())
                        .isEqualTo(obvious(hosts, host));
            }
        }
    }

    private static String obvious(Map<String, String> hosts, String host) {
        if (hosts.containsKey(host)) {
            return host;
        }
        TreeMap<Integer, String> fitting = new TreeMap<>();
        for (String pattern : hosts.keySet()) {
            String suffix = pattern.substring(1);
            if (pattern.startsWith("*.") && host.endsWith(suffix) && host.length() > suffix.length()) {
                fitting.put(suffix.length(), pattern);
            }
        }
        return fitting.isEmpty() ? null : fitting.lastEntry().getValue();
    }

    private static String host(Random random) {
        StringBuilder host = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            host.append(LABELS.get(random.nextInt(LABELS.size()))).append(i == 1 ? "" : ".");
        }
        return host.toString();
    }
}
