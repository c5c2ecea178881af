package io.laneway.control.auth;

import io.laneway.router.text.Slug;
import java.util.Objects;

/**
 * Who calls. Immutable.
 *
 * @param subject the name that the history shows
 * @param lanes   pattern of the lanes that may be changed, with {@code *} for any run of characters; empty for all
 */
public record Principal(String subject, Role role, String lanes) {

    /** Who calls where nothing is known of tokens. */
    public static final Principal ANONYMOUS = new Principal("anonymous", Role.ADMIN, "");

    public Principal {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(lanes, "lanes");
    }

    /** Whether this subject may change one lane. */
    public boolean mayChange(String lane) {
        return lanes.isEmpty() || matches(lanes, lane) || matches(lanes, Slug.of(lane));
    }

    /** Whether this subject may change what is not about one lane alone. */
    public boolean unlimited() {
        return lanes.isEmpty();
    }

    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        String head = pattern.substring(0, star);
        if (!text.startsWith(head)) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int i = head.length(); i <= text.length(); i++) {
            if (matches(rest, text.substring(i))) {
                return true;
            }
        }
        return false;
    }
}
