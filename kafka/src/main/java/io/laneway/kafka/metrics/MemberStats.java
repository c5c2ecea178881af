package io.laneway.kafka.metrics;

import java.util.Map;

/** What one consumer counts. Written by the consumer's thread, read by any. */
public final class MemberStats implements AutoCloseable {

    /** What counts for all consumers of a process. */
    interface Counts {

        /** A lane has something to be read again. */
        void owed(String group, String lane);

        /** Something happened. */
        void count(String name, String group, String lane, String to);

        /** A consumer ends. */
        void leave(MemberStats member);
    }

    private final Counts all;
    private final String group;
    private final String lane;

    private volatile long lag;
    private volatile long waiting;
    private volatile Map<String, Integer> owed = Map.of();

    MemberStats(Counts all, String group, String lane) {
        this.all = all;
        this.group = group;
        this.lane = lane;
    }

    String group() {
        return group;
    }

    String lane() {
        return lane;
    }

    long lag() {
        return lag;
    }

    long waiting() {
        return waiting;
    }

    long owed(String ofLane) {
        return owed.getOrDefault(ofLane, 0);
    }

    /** Records between its position and the end, over its partitions. */
    public void lag(long records) {
        lag = records;
    }

    /** Partitions that hand out nothing yet. */
    public void waiting(long partitions) {
        waiting = partitions;
    }

    /** Ranges that are still to be read again, by lane. */
    public void owed(Map<String, Integer> ranges) {
        if (!owed.equals(ranges)) {
            owed = Map.copyOf(ranges);
            ranges.keySet().forEach(slug -> all.owed(group, slug));
        }
    }

    /** A partition's records of a lane have passed to the lane, or back to the base. */
    public void handedOver(String ofLane, boolean toLane) {
        all.owed(group, ofLane);
        all.count(MeterNames.HANDOVERS, group, ofLane, toLane ? "lane" : "base");
    }

    /** A record that a lane left is handed out. */
    public void reread(String ofLane) {
        all.count(MeterNames.REREAD, group, ofLane, "");
    }

    @Override
    public void close() {
        all.leave(this);
    }
}
