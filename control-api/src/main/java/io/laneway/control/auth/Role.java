package io.laneway.control.auth;

import java.util.Locale;

/** What a subject may do; each role may do what the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
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
        throw new IllegalArgumentException("role: " + word + " (expected: viewer, releaser or admin)");
    }

    /** Whether this role may do what the other one may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** The word in documents, such as {@code releaser}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
