package io.laneway.kafka.consume.side;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Who paused a partition: the application, or we since it must wait. It flows only if neither did. Confined to the
 * consumer's thread.
 */
public final class Pauses {

    private final Consumer<?, ?> consumer;
    private final Set<TopicPartition> byUser = new HashSet<>();
    private final Set<TopicPartition> byUs = new HashSet<>();

    public Pauses(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    public void pause(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        byUser.addAll(partitions);
    }

    public void resume(Collection<TopicPartition> partitions) {
        byUser.removeAll(partitions);
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeAll(byUs);
        consumer.resume(free);
    }

    public Set<TopicPartition> paused() {
        return Set.copyOf(byUser);
    }

    public boolean pausedByUser(TopicPartition partition) {
        return byUser.contains(partition);
    }

    public void hold(TopicPartition partition, boolean hold) {
        if (hold && byUs.add(partition)) {
            consumer.pause(Set.of(partition));
        } else if (!hold && byUs.remove(partition) && !byUser.contains(partition)) {
            consumer.resume(Set.of(partition));
        }
    }

    public void forget(Collection<TopicPartition> partitions) {
        byUser.removeAll(partitions);
        byUs.removeAll(partitions);
    }
}
