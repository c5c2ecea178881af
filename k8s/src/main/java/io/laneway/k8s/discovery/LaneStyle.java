package io.laneway.k8s.discovery;

import java.util.Locale;

/** Where a Service says which lane it belongs to. An annotation {@value Marks#LANE} wins in either style. */
public enum LaneStyle {
    /** In its version label; a Service without one belongs to the base lane. */
    LABELS,
    /** In its namespace: one namespace for each lane. */
    NAMESPACES;

    /** The word in the configuration: {@code labels} or {@code namespaces}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
