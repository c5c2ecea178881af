package io.laneway.gateway.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.policy.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthStateTest {

    private final Health policy =
            new Health(Health.Kind.HTTP, "/health", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);
    private final HealthState vitals = new HealthState();

    @Test
    void believesTheFirstResponse() {
        assertThat(vitals.heard(false, policy)).isFalse();
    }

    @Test
    void changesItsMindAfterEnoughResponsesInARow() {
        assertThat(vitals.heard(true, policy)).isTrue();
        assertThat(vitals.heard(false, policy)).isTrue();
        assertThat(vitals.heard(false, policy)).isTrue();
        assertThat(vitals.heard(true, policy)).isTrue();
        assertThat(vitals.heard(false, policy)).isTrue();
        assertThat(vitals.heard(false, policy)).isTrue();
        assertThat(vitals.heard(false, policy)).isFalse();
        assertThat(vitals.heard(true, policy)).isFalse();
        assertThat(vitals.heard(true, policy)).isTrue();
    }
}
