package io.laneway.router.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who handles which records of a broker: base groups and their lanes' groups, how far behind each is, and how far the
 * hand-over between them is. Calls wait for a network, and throw if it does not answer or a right is missing, which
 * they name. Safe for many threads.
 */
public interface MessageLanes extends AutoCloseable {

    /** How far the hand-over of a partition from the base group to a lane's group, and back, is. */
    enum Handover {
        /** The base handles all records: the lane has not been there, or all it left is done. */
        BASE,
        /** The lane waits for an offset from which on its records are its own, or has not begun there yet. */
        WAITING,
        /** The lane handles its records, and the base skips them. */
        LANE,
        /** The lane is gone, and the base is about to take its records back. */
        CLAIMED,
        /** The base reads again what the lane left. */
        REREADING,
        /** The lane handles its records, and the base does not know: both may handle the same. */
        BOTH
    }

    /**
     * A group's place on a topic. Immutable.
     *
     * @param lane       the slug, empty for the base group
     * @param base       the name of the base group
     * @param state      the broker's word for the group, such as {@code Stable}; {@code Absent} for no such group
     * @param members    how many members the group has
     * @param partitions how many partitions of the topic it has to do with
     * @param without    of how many of these it has committed nothing
     * @param lag        records between what was committed and the end, over the partitions with something committed
     * @param handover   how many partitions are where; empty for the base group
     */
    record Group(
            String lane,
            String base,
            String group,
            String topic,
            String state,
            int members,
            int partitions,
            int without,
            long lag,
            Map<Handover, Integer> handover) {
        public Group {
            Objects.requireNonNull(lane, "lane");
            handover = Map.copyOf(handover);
        }
    }

    /**
     * What one look saw. Immutable.
     *
     * @param groups  in the order of base groups, topics and lanes
     * @param unknown how many groups were not looked at because there are too many
     */
    record Look(List<Group> groups, int unknown) {
        public Look {
            groups = List.copyOf(groups);
        }
    }

    /** A short name, such as {@code kafka 127.0.0.1:9092}. */
    String name();

    /** Looks at the groups that carry marks of lanes; those of these lanes, by slug, count also before their first mark. */
    Look look(Set<String> lanes);

    @Override
    void close();
}
