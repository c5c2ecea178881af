package io.laneway.kafka.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The wait for a broker to start: until it says so, or its process ends. A busy machine may take as long as it needs,
 * as long as the process gets on: it has a minute of its own for each step that it neither writes nor computes.
 */
final class BrokerStart {

    private static final String STARTED = "Kafka Server started";
    private static final Duration STALLED = Duration.ofMinutes(1);

    private BrokerStart() {}

    /**
     * Waits.
     *
     * @param output what the process has written since it began
     * @throws IllegalStateException with the output, if it ended or is stuck
     */
    static void await(ProcessHandle process, Supplier<String> output) {
        await(process, output, STALLED);
    }

    static void await(ProcessHandle process, Supplier<String> output, Duration stalled) {
        long since = System.nanoTime();
        String before = "";
        while (true) {
            boolean ended = !process.isAlive();
            String said = output.get();
            if (said.contains(STARTED)) {
                return;
            }
            if (ended) {
                throw new IllegalStateException("the broker ended before it had started: " + said);
            }
            String now = said.length() + " " + process.info().totalCpuDuration();
            if (!now.equals(before)) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > stalled.toNanos()) {
                throw new IllegalStateException("the broker does nothing for " + stalled + ": " + said);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
