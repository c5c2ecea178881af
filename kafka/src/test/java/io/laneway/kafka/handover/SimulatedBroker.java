package io.laneway.kafka.handover;

import io.laneway.kafka.handover.GroupLook.LaneLook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** One partition and its groups, as a broker keeps them: commits count only from the member of the generation. */
final class SimulatedBroker {

    static final TopicPartition PARTITION = new TopicPartition("t", 0);

    /** A record was handled. */
    static final class Handling {
        final String side;
        boolean committed;

        Handling(String side) {
            this.side = side;
        }
    }

    /** A group with at most one member that owns the partition. */
    static final class Group {
        Object member;
        Long offset;
        String metadata = "";

        boolean commit(Object by, long newOffset, String newMetadata) {
            if (by != member) {
                return false;
            }
            offset = newOffset;
            metadata = newMetadata;
            return true;
        }
    }

    final List<String> log = new ArrayList<>();
    final List<List<Handling>> handled = new ArrayList<>();
    final Group base = new Group();
    final Map<String, Group> lanes = new TreeMap<>();
    long clock;

    void produce(String lane) {
        log.add(lane);
        handled.add(new ArrayList<>());
    }

    Handling handle(long offset, String side) {
        Handling handling = new Handling(side);
        handled.get((int) offset).add(handling);
        return handling;
    }

    /** An application undoes what it did for records from an offset on, since it seeks back to have them again. */
    void undo(NavigableMap<Long, Handling> handlings, long from) {
        NavigableMap<Long, Handling> undone = handlings.tailMap(from, true);
        undone.forEach((offset, handling) -> handled.get(offset.intValue()).remove(handling));
        undone.clear();
    }

    Group lane(String slug) {
        return lanes.computeIfAbsent(slug, unused -> new Group());
    }

    /** Members before offsets: what happens between the two is up to the caller. */
    Set<String> aliveLanes() {
        Map<String, Group> alive = new TreeMap<>(lanes);
        alive.values().removeIf(group -> group.member == null);
        return Set.copyOf(alive.keySet());
    }

    GroupLook look(Set<String> alive) {
        Map<String, LaneLook> looks = new HashMap<>();
        lanes.forEach((slug, group) -> looks.put(
                slug,
                new LaneLook(
                        alive.contains(slug) ? Set.of("t") : Set.of(),
                        group.offset == null ? Map.of() : Map.of(PARTITION, laneOffset(group)))));
        return new GroupLook(looks);
    }

    LaneOffset laneOffset(Group group) {
        return new LaneOffset(group.offset, LaneMark.decode(group.metadata));
    }
}
