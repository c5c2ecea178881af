package io.laneway.kafka.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BrokerStartTest {

    private static final Duration SHORT = Duration.ofMillis(60);

    @Test
    void aBrokerThatEndsFailsAtOnceWithWhatItSaid() throws Exception {
        Process ends = new ProcessBuilder("sh", "-c", "exit 3").start();
        ends.waitFor();
        assertThatThrownBy(() -> BrokerStart.await(ends.toHandle(), () -> "port in use"))
                .hasMessage("the broker ended before it had started: port in use");
    }

    @Test
    void aBrokerThatGetsOnHasAllTheTimeItNeeds() {
        AtomicInteger looks = new AtomicInteger();
        BrokerStart.await(
                ProcessHandle.current(),
                () -> "x".repeat(looks.get()) + (looks.incrementAndGet() > 20 ? "Kafka Server started" : ""),
                SHORT);
    }

    @Test
    void aBrokerThatDoesNothingFails() throws Exception {
        Process sleeps = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> BrokerStart.await(sleeps.toHandle(), () -> "", SHORT))
                    .hasMessageStartingWith("the broker does nothing for PT0.06S");
        } finally {
            sleeps.destroyForcibly();
        }
    }
}
