package io.laneway.router.source;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What lanes leave behind outside of the table, such as consumer groups, and its removal once the lanes are gone. Calls
 * wait for a network, and throw if it does not answer or a right is missing, which they name. Safe for many threads.
 */
public interface LaneLeftovers extends AutoCloseable {

    /**
     * One thing that a lane left. Immutable.
     *
     * @param lane     the lane's slug
     * @param what     such as {@code consumer group billing_f-1}
     * @param obstacle why it must stay for now, empty if it can go
     */
    record Leftover(String lane, String what, String obstacle) {
        public Leftover {
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(obstacle, "obstacle");
        }

        /** Whether it can be removed now. */
        public boolean removable() {
            return obstacle.isEmpty();
        }
    }

    /** A short name for logs, such as {@code kafka 127.0.0.1:9092}. */
    String name();

    /** What these lanes, by slug, have left: the dry run of its removal. */
    List<Leftover> find(Set<String> lanes);

    /** Removes what was found; returns what stays after all, with the obstacle. */
    List<Leftover> remove(List<Leftover> found);

    @Override
    void close();
}
