package io.laneway.kafka.metrics;

/** The names of the meters of message lanes. */
final class MeterNames {

    static final String LAG = "laneway.messages.lag";
    static final String OWED = "laneway.messages.owed.ranges";
    static final String WAITING = "laneway.messages.waiting.partitions";
    static final String HANDOVERS = "laneway.messages.handovers";
    static final String REREAD = "laneway.messages.reread.records";

    private MeterNames() {}
}
