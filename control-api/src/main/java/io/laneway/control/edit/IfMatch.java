package io.laneway.control.edit;

import io.laneway.control.table.Refusal;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an {@code If-Match} or {@code If-None-Match} header (RFC 9110 section 13.1). Immutable.
 *
 * @param any  {@code *}: there must be one
 * @param tags strong entity tags, of which one must be the object's; where there is none and {@code any} is not set,
 *             there must be no object
 */
public record IfMatch(boolean any, Set<String> tags) {

    /** What {@code If-None-Match: *} says of a change: there must be nothing yet. */
    public static final IfMatch NOTHING = new IfMatch(false, Set.of());

    private static final Pattern TAG = Pattern.compile("(W/)?\"[^\"]*\"");

    public IfMatch {
        tags = Set.copyOf(tags);
    }

    /** Reads {@code If-Match}; a weak tag never matches. */
    public static IfMatch parse(String header) {
        if (header.trim().equals("*")) {
            return new IfMatch(true, Set.of());
        }
        Set<String> tags = new TreeSet<>();
        for (String given : header.split(",", -1)) {
            String tag = given.trim();
            if (!TAG.matcher(tag).matches()) {
                throw new Refusal(
                        Refusal.Kind.MALFORMED,
                        "If-Match: " + tag + " (expected: * or tags in quotes, such as \"12\")");
            }
            tags.add(tag);
        }
        return new IfMatch(false, tags);
    }

    /** Reads {@code If-None-Match} of what is read: weak tags count as strong ones; what is no tag matches nothing. */
    public static IfMatch weak(String header) {
        Set<String> tags = new TreeSet<>();
        for (String given : header.split(",")) {
            String tag = given.trim();
            tags.add(tag.startsWith("W/") ? tag.substring(2) : tag);
        }
        return new IfMatch(tags.contains("*"), tags);
    }

    /** Whether it holds for an object with this tag, null if there is no object. */
    public boolean holds(@Nullable String tag) {
        return equals(NOTHING) ? tag == null : tag != null && (any || tags.contains(tag));
    }

    /** Refuses what it does not hold for. */
    public void check(String what, @Nullable String tag) {
        if (!holds(tag)) {
            throw new Refusal(
                    Refusal.Kind.STALE,
                    what + " is at " + (tag == null ? "no version" : tag) + " (expected: "
                            + (equals(NOTHING) ? "none yet, as If-None-Match says)" : "what If-Match names)"));
        }
    }
}
