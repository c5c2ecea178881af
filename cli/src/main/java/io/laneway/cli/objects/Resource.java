package io.laneway.cli.objects;

import java.util.List;
import java.util.Locale;

/** The kinds of objects that the control API keeps, and the columns under which each is listed. */
@SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
public enum Resource {
    LANES("name", "parent", "mode", "state", "expiresAt", "keep", "description"),
    SERVICES("name", "namespace", "hosts", "shift", "deployments"),
    SHIFTS("name", "enabled", "tenant", "environments"),
    REVISIONS("revision", "at", "who", "action", "subject", "why"),
    GATEWAYS("id", "version", "revision", "lag", "lastSeen", "address"),
    TOKENS("id", "subject", "role", "lanes", "created", "expires");

    private final List<String> columns;

    Resource(String... columns) {
        this.columns = List.of(columns);
    }

    /** The word in paths and commands, such as {@code lanes}. */
    String plural() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word for one, such as {@code lane}. */
    String singular() {
        String plural = plural();
        return plural.substring(0, plural.length() - 1);
    }

    String[] columns() {
        return columns.toArray(String[]::new);
    }
}
