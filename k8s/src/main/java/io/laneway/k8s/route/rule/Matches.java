package io.laneway.k8s.route.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what headers and query parameters must be, of which a name's first mention counts. Stateless. */
final class Matches {

    /** A header or parameter with the value that it must have. */
    record Named(@Nullable String type, String name, String value) {}

    private Matches() {}

    static Map<String, String> headers(String path, List<Named> list, Verdict verdict) {
        Map<String, String> values = new LinkedHashMap<>();
        list.forEach(one -> put(path, one, one.name().toLowerCase(Locale.ROOT), values, verdict));
        return values;
    }

    static Map<String, String> parameters(String path, List<Named> list, Verdict verdict) {
        Map<String, String> values = new LinkedHashMap<>();
        list.forEach(one -> put(path, one, one.name(), values, verdict));
        return values;
    }

    private static void put(String path, Named one, String name, Map<String, String> values, Verdict verdict) {
        if (one.type() != null && !one.type().equals("Exact")) {
            verdict.unsupported(path, one.name() + " by " + one.type() + " (expected: Exact)");
        } else {
            values.putIfAbsent(name, one.value());
        }
    }
}
