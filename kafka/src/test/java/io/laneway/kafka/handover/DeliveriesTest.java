package io.laneway.kafka.handover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final Deliveries deliveries = new Deliveries(3, 3);

    @Test
    void aSeekBackDoesNotAcknowledgeWhatTheApplicationStillHas() {
        deliveries.delivered(3);
        deliveries.delivered(4);
        deliveries.delivered(5);
        deliveries.seek(5);
        deliveries.skipped(5);
        assertThat(deliveries.skippedBeyondCommit()).isFalse();
        deliveries.committing(deliveries.commitFor(5));
        assertThat(deliveries.committed()).isEqualTo(6);
    }

    @Test
    void aSeekForwardIsCommittedOnlyWithWhatTheApplicationAcknowledges() {
        deliveries.seek(50);
        deliveries.skipped(50);
        assertThat(deliveries.skippedBeyondCommit()).isFalse();
        deliveries.delivered(51);
        deliveries.committing(deliveries.commitFor(52));
        deliveries.skipped(52);
        assertThat(deliveries.skippedBeyondCommit()).isTrue();
    }

    @Test
    void itKnowsWhichRecordsTheApplicationHas() {
        deliveries.delivered(3);
        deliveries.skipped(4);
        deliveries.delivered(5);
        assertThat(deliveries.handedOut(2)).isFalse();
        assertThat(deliveries.handedOut(3)).isTrue();
        assertThat(deliveries.handedOut(4)).isFalse();
        assertThat(deliveries.handedOut(5)).isTrue();
        assertThat(deliveries.handedOut(6)).isFalse();
    }
}
