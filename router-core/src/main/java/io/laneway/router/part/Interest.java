package io.laneway.router.part;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a gateway follows of a table. Immutable; two of the same names are equal.
 *
 * @param hosts names by which it calls, without ports: hosts, or names of services; in lower case
 * @param lanes lanes that its requests asked for, by name or slug
 */
public record Interest(SortedSet<String> hosts, SortedSet<String> lanes) {

    /** Nothing yet. */
    public static final Interest NONE = new Interest(new TreeSet<>(), new TreeSet<>());

    /** The most names of one kind: who calls by more follows the whole table. */
    public static final int MOST = 1_024;

    /** The longest name, as of DNS. */
    public static final int LONGEST = 253;

    public Interest {
        hosts = checked("hosts", hosts);
        lanes = checked("lanes", lanes);
    }

    /** An interest in names in any order and case. */
    public static Interest of(Collection<String> hosts, Collection<String> lanes) {
        SortedSet<String> lower = new TreeSet<>();
        hosts.forEach(host -> lower.add(host.toLowerCase(Locale.ROOT)));
        return new Interest(lower, new TreeSet<>(lanes));
    }

    private static SortedSet<String> checked(String what, SortedSet<String> names) {
        if (names.size() > MOST) {
            throw new IllegalArgumentException(what + ": " + names.size() + " (expected: at most " + MOST + ")");
        }
        for (String name : names) {
            if (name.isEmpty() || name.length() > LONGEST) {
                throw new IllegalArgumentException(
                        what + ": a name of " + name.length() + " characters (expected: 1 to " + LONGEST + ")");
            }
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
}
