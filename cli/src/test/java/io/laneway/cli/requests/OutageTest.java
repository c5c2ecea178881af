package io.laneway.cli.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Outage outage = new Outage(now::get);

    @Test
    void itIsTooLongAfterThirtySecondsWithoutAResponse() {
        assertThat(outage.tooLong()).isFalse();
        assertThat(outage.begins()).isTrue();
        now.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(outage.begins()).isFalse();
        assertThat(outage.tooLong()).isFalse();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(outage.tooLong()).isTrue();
    }

    @Test
    void aResponseEndsItAndTheNextOneBeginsAtItsOwnTime() {
        outage.begins();
        now.addAndGet(Duration.ofSeconds(29).toNanos());
        outage.over();
        now.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(outage.begins()).isTrue();
        assertThat(outage.tooLong()).isFalse();
    }
}
