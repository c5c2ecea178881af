package io.laneway.k8s.testkit;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How long something may take that must be done within a second: a second, and more only as far as the machine has
 * more to run than processors to run it, so that a build beside others does not fail for their sake.
 */
public final class Soon {

    private static final int MAX_FACTOR = 20;

    private Soon() {}

    /** A second on a machine that is not overloaded. */
    public static Duration second() {
        return seconds(1);
    }

    /** Some seconds on a machine that is not overloaded. */
    public static Duration seconds(int seconds) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double crowd = Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
        return Duration.ofMillis((long) (seconds * 1000 * Math.min(MAX_FACTOR, crowd)));
    }
}
