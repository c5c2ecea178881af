package io.laneway.kafka.consume;

import io.laneway.kafka.consume.side.Side;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Between the group and the application's own listener. Confined to the consumer's thread. */
final class GroupListener implements ConsumerRebalanceListener {

    private final Side<?, ?> side;
    private final Runnable commit;
    private final @Nullable ConsumerRebalanceListener user;

    /**
     * @param commit commits before partitions are another member's
     * @param user   the application's own listener
     */
    GroupListener(Side<?, ?> side, Runnable commit, @Nullable ConsumerRebalanceListener user) {
        this.side = side;
        this.commit = commit;
        this.user = user;
    }

    /** A call of a rebalance listener. */
    private interface Call {
        void on(ConsumerRebalanceListener listener, Collection<TopicPartition> partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        side.assigned(partitions);
        if (user != null) {
            user.onPartitionsAssigned(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            commit.run();
        } finally {
            leave(partitions, ConsumerRebalanceListener::onPartitionsRevoked);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        leave(partitions, ConsumerRebalanceListener::onPartitionsLost);
    }

    /** Whatever fails, what is gone is gone: Kafka does not say it twice. */
    private void leave(Collection<TopicPartition> partitions, Call call) {
        try {
            if (user != null) {
                call.on(user, partitions);
            }
        } finally {
            side.removed(partitions);
        }
    }
}
