package io.laneway.control;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Bounds of time on a machine that others use as well: kept as they are where there are processors enough. Stateless. */
public final class Crowd {

    private static final double MOST = 20;

    private Crowd() {}

    /** The bound, as many times as there is more to run than processors to run it. */
    public static Duration allows(Duration bound) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double crowd = Math.max(1, Math.min(MOST, system.getSystemLoadAverage() / system.getAvailableProcessors()));
        return Duration.ofMillis((long) (bound.toMillis() * crowd));
    }
}
