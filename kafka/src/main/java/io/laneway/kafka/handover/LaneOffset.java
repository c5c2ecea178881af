package io.laneway.kafka.handover;

/** An offset that a lane's group has committed for a partition, with its mark. Immutable. */
public record LaneOffset(long offset, LaneMark mark) {

    /** Whether it was committed under this W. */
    boolean under(long start) {
        return mark.start() == start;
    }
}
