package io.laneway.control.table;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an {@code If-Match} header (RFC 9110 section 13.1.1). Immutable.
 *
 * @param any  {@code *}: there must be one
 * @param tags strong entity tags, of which one must be the object's
 */
public record IfMatch(boolean any, Set<String> tags) {

    public IfMatch {
        tags = Set.copyOf(tags);
    }

    /** Reads the header; a weak tag never matches. */
    public static IfMatch parse(String header) {
        if (header.trim().equals("*")) {
            return new IfMatch(true, Set.of());
        }
        Set<String> tags = new TreeSet<>();
        for (String tag : header.split(",")) {
            tags.add(tag.trim());
        }
        return new IfMatch(false, tags);
    }

    /** Whether it holds for an object with this tag, null if there is no object. */
    public boolean holds(@Nullable String tag) {
        return tag != null && (any || tags.contains(tag));
    }
}
