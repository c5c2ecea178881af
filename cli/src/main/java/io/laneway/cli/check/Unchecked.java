package io.laneway.cli.check;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a check left out because of problems in front of it. Confined to one thread. */
public final class Unchecked {

    private final Set<String> parts = new LinkedHashSet<>();

    /** Adds a part, such as {@code the files of listeners[0].tls}. */
    public void add(String part) {
        parts.add(part);
    }

    /** Whether everything was checked. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    @Override
    public String toString() {
        return "not checked: " + String.join("; ", parts) + " (expected: problems mended, then another check)";
    }
}
