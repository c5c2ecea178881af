package io.laneway.gateway.traffic.overload;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The share of memory that is in use, 0 to 1: of the heap or of direct memory, whichever has less left. Of the heap counts
 * what the last collection of each pool left behind, as a heap full of garbage is no need. Safe for many threads.
 */
public final class MemoryPressure implements DoubleSupplier {

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    @Override
    public double getAsDouble() {
        return Math.max(heap(), direct());
    }

    /** The smaller one of what is used and what was left: what was left may be long ago. */
    private double heap() {
        MemoryUsage now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        if (now.getMax() <= 0) {
            return 0;
        }
        long left = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage after = pool.getCollectionUsage();
            left += after == null ? 0 : after.getUsed();
        }
        return (double) Math.min(left, now.getUsed()) / now.getMax();
    }

    private static double direct() {
        long max = PlatformDependent.maxDirectMemory();
        long used = PlatformDependent.usedDirectMemory();
        return max <= 0 || used < 0 ? 0 : (double) used / max;
    }
}
