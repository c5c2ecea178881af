package io.laneway.gateway.upstream.health;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Does things later and asks endpoints how they are, on threads of its own. Safe for many threads. */
public interface HealthChecker extends AutoCloseable {

    /** Runs a short task after a while. */
    void after(Duration delay, Runnable task);

    /** Asks an endpoint once and tells whether it is well, on a thread of its own; never throws. */
    void check(HealthCheck check, Consumer<Boolean> outcome);

    /** Finds the addresses of a name and tells them, if there are any. */
    default void addresses(String host, Consumer<List<InetAddress>> outcome) {}

    @Override
    default void close() {}

    /** Nobody watches: nothing is done later, and everything is well. */
    HealthChecker NONE = new HealthChecker() {
        @Override
        public void after(Duration delay, Runnable task) {
            // nobody watches
        }

        @Override
        public void check(HealthCheck check, Consumer<Boolean> outcome) {
            outcome.accept(true);
        }
    };
}
