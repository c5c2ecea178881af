package io.laneway.testkit;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Bounds of time on a machine that others use as well: kept as they are where there are processors enough. Stateless. */
public final class Crowd {

    private static final double MOST = 20;

    private Crowd() {}

    /** How much more there is to run than processors to run it, 1 to 20. */
    public static double factor() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1, Math.min(MOST, system.getSystemLoadAverage() / system.getAvailableProcessors()));
    }

    /** The bound, as many times as the machine is short of processors. */
    public static Duration allows(Duration bound) {
        return Duration.ofMillis((long) (bound.toMillis() * factor()));
    }
}
