package io.laneway.k8s.route.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what headers and query parameters must be, of which a name's first mention counts. Stateless. */
final class Matches {

    /** A header or parameter with the value that it must have, or with the expression that its value must match. */
    record Named(@Nullable String type, String name, String value) {}

    /** Values by name, and expressions by name. */
    record Wanted(Map<String, String> values, Map<String, String> expressions) {}

    private Matches() {}

    static Wanted headers(String path, List<Named> list, Verdict verdict) {
        Wanted wanted = new Wanted(new LinkedHashMap<>(), new LinkedHashMap<>());
        list.forEach(one -> put(path, one, one.name().toLowerCase(Locale.ROOT), wanted, verdict));
        return wanted;
    }

    static Wanted parameters(String path, List<Named> list, Verdict verdict) {
        Wanted wanted = new Wanted(new LinkedHashMap<>(), new LinkedHashMap<>());
        list.forEach(one -> put(path, one, one.name(), wanted, verdict));
        return wanted;
    }

    private static void put(String path, Named one, String name, Wanted wanted, Verdict verdict) {
        boolean expression = "RegularExpression".equals(one.type());
        if (!expression && one.type() != null && !one.type().equals("Exact")) {
            verdict.unsupported(path, one.name() + " by " + one.type() + " (expected: Exact or RegularExpression)");
        } else if (!wanted.values().containsKey(name) && !wanted.expressions().containsKey(name)) {
            (expression ? wanted.expressions() : wanted.values()).put(name, one.value());
        }
    }
}
