package io.laneway.k8s.imports.table;

import java.util.Set;

/**
 * What an import is asked for. Immutable.
 *
 * @param carriers        where lanes are asked for, such as {@code header:x-env}; empty for what the rules show themselves
 * @param guardsElsewhere whether guards that a table does not have are somewhere else, so that their rules are imported
 *                        open
 */
public record Intent(Set<String> carriers, boolean guardsElsewhere) {

    /** Lanes as the rules show them, and nothing open that was guarded. */
    public static final Intent PLAIN = new Intent(Set.of(), false);

    public Intent {
        carriers = Set.copyOf(carriers);
    }
}
