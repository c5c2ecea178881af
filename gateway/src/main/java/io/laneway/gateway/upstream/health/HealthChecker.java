package io.laneway.gateway.upstream.health;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Does things later and asks endpoints how they are, on threads of its own. Safe for many threads. */
public interface HealthChecker extends AutoCloseable {

    /** Runs a short task after a while. */
    void after(Duration delay, Runnable task);

    /** Asks an endpoint once and passes on whether it is healthy, on a thread of its own; never throws. */
    void check(HealthCheck check, Consumer<Boolean> outcome);

    /** Finds the addresses of a name and passes them on, if there are any. */
    default void addresses(String host, Consumer<List<InetAddress>> outcome) {}

    @Override
    default void close() {}

    /** No checks: nothing is done later, and every endpoint is healthy. */
    HealthChecker NONE = new HealthChecker() {
        @Override
        public void after(Duration delay, Runnable task) {
            // no checks
        }

        @Override
        public void check(HealthCheck check, Consumer<Boolean> outcome) {
            outcome.accept(true);
        }
    };
}
