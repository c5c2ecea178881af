package io.laneway.control.auth;

import io.laneway.router.text.Slug;
import java.util.Objects;

/**
 * Who calls. Immutable.
 *
 * @param subject  the name that the history shows
 * @param lanes    pattern of the lanes that may be changed, with {@code *} for any run of characters; empty for all
 * @param gateways pattern of the gateway ids that it speaks for, empty for none
 * @param proof    what was shown
 */
public record Principal(String subject, Role role, String lanes, String gateways, Proof proof) {

    /** Who calls where nothing is known of tokens. */
    public static final Principal ANONYMOUS = new Principal("anonymous", Role.ADMIN, "", "*", Proof.OPEN);

    public Principal {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(lanes, "lanes");
        Objects.requireNonNull(gateways, "gateways");
        Objects.requireNonNull(proof, "proof");
    }

    /** One whose pattern is of gateways where the role is {@code gateway}, and of lanes else. */
    public static Principal of(String subject, Role role, String pattern, Proof proof) {
        boolean gateway = role == Role.GATEWAY;
        return new Principal(subject, role, gateway ? "" : pattern, gateway ? pattern : "", proof);
    }

    /** The holder of a signed link, in a role for the lanes of a pattern. */
    public static Principal byLink(String name, Role role, String lanes) {
        return new Principal(name, role, lanes, "", new Proof(Proof.Kind.LINK, name, Long.MAX_VALUE));
    }

    /** Whether all clients are the same, since no way to authenticate them is set up. */
    public boolean open() {
        return proof.kind() == Proof.Kind.OPEN;
    }

    /** Whether this subject may do what a role may; where clients are not authenticated, each may do all. */
    public boolean covers(Role wanted) {
        return open() || role.covers(wanted);
    }

    /** Whether this subject is a gateway of that id: only then it may report for it. */
    public boolean speaksFor(String gateway) {
        return covers(Role.GATEWAY) && matches(gateways, gateway);
    }

    /** Whether this subject may change one lane. */
    public boolean mayChange(String lane) {
        return lanes.isEmpty() || matches(lanes, lane) || matches(lanes, Slug.of(lane));
    }

    /**
     * Whether this subject may serve a lane of a service from its own machine: the pattern is of lanes, or
     * {@code lanes/services}.
     */
    public boolean mayJoin(String lane, String service) {
        int slash = lanes.indexOf('/');
        if (slash < 0) {
            return mayChange(lane);
        }
        String some = lanes.substring(0, slash);
        return (matches(some, lane) || matches(some, Slug.of(lane))) && matches(lanes.substring(slash + 1), service);
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
