package io.laneway.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    private final TestClock clock = new TestClock();
    private final RequestLimit limit = new RequestLimit(1, clock);

    @Test
    void twoSecondsOfCallsMayComeAtOnceAndTheNextComesWithTheNextToken() {
        assertThat(limit.admit("a")).isTrue();
        assertThat(limit.admit("a")).isTrue();
        assertThat(limit.admit("a")).isFalse();
        assertThat(limit.has("a")).isFalse();
        assertThat(limit.admit("b")).as("each client for itself").isTrue();

        clock.pass(Duration.ofSeconds(1));

        assertThat(limit.has("a")).isTrue();
        assertThat(limit.admit("a")).isTrue();
        assertThat(limit.admit("a")).isFalse();
    }

    @Test
    void aClientThatStaysEmptyIsNotForgottenIntoAFullBucket() {
        for (int i = 0; i < 2; i++) {
            limit.admit("a");
        }
        for (int half = 0; half < 10; half++) {
            clock.pass(Duration.ofMillis(500));
            assertThat(limit.admit("a")).isEqualTo(half % 2 == 1);
        }
    }

    @Test
    void manyClientsTakeBoundedMemory() {
        for (int i = 0; i < 3 * RequestLimit.MAX_CLIENTS; i++) {
            limit.admit("address " + i);
            limit.admit("address " + i);
        }

        assertThat(limit.clients()).isLessThanOrEqualTo(RequestLimit.MAX_CLIENTS);
    }

    @Test
    void aClientThatWasQuietForTwoSecondsIsForgotten() {
        limit.admit("a");
        clock.pass(Duration.ofSeconds(2));

        assertThat(limit.clients()).isZero();
        assertThat(limit.has("a")).isTrue();
    }
}
