package io.laneway.control.auth;

import java.util.Locale;

/**
 * What a subject may do. Of {@link #FLAGS}, {@link #VIEWER}, {@link #JOINER}, {@link #RELEASER} and {@link #ADMIN} each may do what
 * the ones before it may; {@link #GATEWAY} is apart from them: what gateways report moves plans, so only gateways report.
 */
public enum Role {
    /** Watches the table, and reports for the gateways that it is bound to. */
    GATEWAY,
    /** Evaluates flags. */
    FLAGS,
    /** Reads. */
    VIEWER,
    /** Serves lanes from its own machine. */
    JOINER,
    /** Changes lanes, deployments and shifts. */
    RELEASER,
    /** Changes everything. */
    ADMIN;

    /**
     * Reads the word.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static Role parse(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "role: " + word + " (expected: gateway, flags, viewer, joiner, releaser or admin)");
    }

    /** Whether this role may do what the other one may. */
    public boolean covers(Role other) {
        return this == other || (this != GATEWAY && other != GATEWAY && compareTo(other) > 0);
    }

    /** The word in documents, such as {@code releaser}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
