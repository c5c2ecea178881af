package io.laneway.k8s;

import io.laneway.k8s.cleanup.CleanupMode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done in a cluster beside discovery. Immutable.
 *
 * @param instance who acts, such as the pod's name; is named in events
 * @param gateway  the name of our Gateway, whose HTTPRoutes and GRPCRoutes become the table's routes; null for none
 * @param events   whether findings are written as events
 * @param cleanup  what becomes of the workloads of expired lanes; null for nothing at all
 */
public record ClusterDuties(
        String instance,
        @Nullable String gateway,
        boolean events,
        @Nullable Cleanup cleanup) {

    /**
     * What becomes of the workloads of expired lanes. Immutable.
     *
     * @param owner  the value of label {@code laneway.io/owner} on what may be touched
     * @param dryRun true says what would be done and does nothing
     * @param every  pause between two looks
     */
    public record Cleanup(CleanupMode mode, String owner, boolean dryRun, Duration every) {
        public Cleanup {
            Objects.requireNonNull(mode, "mode");
            if (owner.isBlank()) {
                throw new IllegalArgumentException("owner: '' (expected: the value of label laneway.io/owner)");
            }
            if (every.isNegative() || every.isZero()) {
                throw new IllegalArgumentException("every: " + every.toMillis() + "ms (expected: above 0)");
            }
        }
    }

    /** Custom resources alone. */
    public static final ClusterDuties RESOURCES = new ClusterDuties("laneway", null, false, null);

    public ClusterDuties {
        Objects.requireNonNull(instance, "instance");
    }
}
