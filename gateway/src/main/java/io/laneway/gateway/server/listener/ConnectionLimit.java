package io.laneway.gateway.server.listener;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many connections are open on all listeners, and may be. Safe for many threads.
 *
 * @param max 0 for no limit
 */
record ConnectionLimit(AtomicInteger open, int max) {

    private static final ObjectName SYSTEM =
            ManagementFactory.getOperatingSystemMXBean().getObjectName();
    private static final int LEAST = 16;

    /** As configured; 0 stands for half of the file descriptors that are left, since requests take others to endpoints. */
    static ConnectionLimit of(AtomicInteger open, int configured) {
        return new ConnectionLimit(open, configured > 0 ? configured : byDescriptors());
    }

    /** 0 where the system has no answer. */
    private static int byDescriptors() {
        long most = count("MaxFileDescriptorCount");
        long half = (most - count("OpenFileDescriptorCount")) / 2;
        return most <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST, half));
    }

    private static long count(String attribute) {
        try {
            Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(SYSTEM, attribute);
            return value instanceof Long number ? number : 0;
        } catch (JMException e) {
            return 0;
        }
    }

    boolean full() {
        return max > 0 && open.get() >= max;
    }
}
