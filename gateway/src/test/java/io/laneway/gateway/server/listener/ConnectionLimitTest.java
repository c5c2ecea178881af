package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    private final AtomicInteger open = new AtomicInteger();

    @Test
    void isAsConfigured() {
        ConnectionLimit limit = ConnectionLimit.of(open, 2);
        assertThat(limit.full()).isFalse();
        open.set(2);
        assertThat(limit.full()).isTrue();
    }

    @Test
    void leavesAsManyDescriptorsForEndpointsAsForClients() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            ConnectionLimit limit = ConnectionLimit.of(open, 0);

            assertThat((long) limit.max()).isBetween(16L, Math.max(16, system.getMaxFileDescriptorCount() / 2));
            open.set(limit.max());
            assertThat(limit.full()).isTrue();
        }
    }
}
