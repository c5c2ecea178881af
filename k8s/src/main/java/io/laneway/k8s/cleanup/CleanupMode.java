package io.laneway.k8s.cleanup;

import java.util.Locale;

/** What is done with the workloads of an expired lane. */
public enum CleanupMode {
    /** Only said. */
    REPORT,
    /** Deployments are scaled to no replica. */
    SCALE,
    /** Deployments and Services are deleted. */
    DELETE;

    /** The word in the configuration: {@code report}, {@code scale} or {@code delete}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
