package io.laneway.kafka.handover;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What one look at the groups of all lanes of a base group saw. Immutable.
 *
 * @param lanes by slug; also groups that are empty but have offsets
 */
public record GroupLook(Map<String, LaneLook> lanes) {

    /** No lane has a group. */
    public static final GroupLook EMPTY = new GroupLook(Map.of());

    public GroupLook {
        lanes = Map.copyOf(lanes);
    }

    /**
     * One lane's group.
     *
     * @param aliveTopics topics on which it has members now
     * @param offsets     what it has committed
     */
    public record LaneLook(Set<String> aliveTopics, Map<TopicPartition, LaneOffset> offsets) {
        public LaneLook {
            aliveTopics = Set.copyOf(aliveTopics);
            offsets = Map.copyOf(offsets);
        }

        /** Whether it has members on a topic. */
        public boolean alive(String topic) {
            return aliveTopics.contains(topic);
        }

        /** Whether a partition was added to its topic after the lane began there. */
        public boolean addedLater(TopicPartition partition) {
            return offsets.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().topic().equals(partition.topic())
                            && entry.getValue().mark().before(partition.partition()));
        }
    }

    /** The same as if no group had members: what the base sees of a topic on which it takes everything. */
    public GroupLook deserted() {
        Map<String, LaneLook> deserted = new HashMap<>();
        lanes.forEach((slug, lane) -> deserted.put(slug, new LaneLook(Set.of(), lane.offsets())));
        return new GroupLook(deserted);
    }
}
