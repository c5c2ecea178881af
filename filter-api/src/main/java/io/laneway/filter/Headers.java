package io.laneway.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Header lines in their order. Immutable.
 *
 * @param lines several may have one name
 */
public record Headers(List<Header> lines) {

    public Headers {
        lines = List.copyOf(lines);
    }

    /** The value of the first line of that name, null if there is none. */
    public @Nullable String first(String name) {
        for (Header line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                return line.value();
            }
        }
        return null;
    }

    /** The values of all lines of that name. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }
}
