package io.laneway.kafka.produce;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The topics that take part in lanes: names, and beginnings that end in {@code *}. Immutable. */
record Topics(Set<String> names, List<String> beginnings) {

    static final Topics NONE = new Topics(Set.of(), List.of());

    Topics {
        names = Set.copyOf(names);
        beginnings = List.copyOf(beginnings);
    }

    /** Reads a comma-separated list. */
    static Topics parse(String text) {
        Set<String> entries = Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toSet());
        Set<String> names =
                entries.stream().filter(entry -> !entry.endsWith("*")).collect(Collectors.toSet());
        List<String> beginnings = entries.stream()
                .filter(entry -> entry.endsWith("*"))
                .map(entry -> entry.substring(0, entry.length() - 1))
                .toList();
        return new Topics(names, beginnings);
    }

    boolean contains(String topic) {
        if (names.contains(topic)) {
            return true;
        }
        for (int i = 0; i < beginnings.size(); i++) {
            if (topic.startsWith(beginnings.get(i))) {
                return true;
            }
        }
        return false;
    }
}
