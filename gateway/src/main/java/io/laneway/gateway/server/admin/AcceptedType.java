package io.laneway.gateway.server.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A media range that a client accepts, with its weight (RFC 9110, 12.5.1). Immutable. */
record AcceptedType(String name, double weight) {

    private static final Comparator<AcceptedType> BEST_FIRST = Comparator.comparingDouble(
                    (AcceptedType type) -> -type.weight)
            .thenComparing(type -> type.name.startsWith("*"));

    /** What is accepted, what is liked best first; a range of weight 0, or of one that is no number, is left out. */
    static List<AcceptedType> list(List<String> headers) {
        List<AcceptedType> all = new ArrayList<>();
        for (String range : String.join(",", headers).split(",", -1)) {
            String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
            AcceptedType type = new AcceptedType(parts[0].strip(), weightOf(parts));
            if (!type.name.isEmpty() && type.weight > 0) {
                all.add(type);
            }
        }
        all.sort(BEST_FIRST);
        return all;
    }

    private static double weightOf(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
