package io.laneway.gateway.telemetry.tap;

/** Takes the records that its filter lets pass. Its methods are called on the thread of the tap, and must not block. */
public interface TapSubscription {

    /** What is counted as dropped is counted for this listener, such as {@code tail}. */
    String listener();

    RecordFilter filter();

    /**
     * Reads a record that passed the filter, to be handed on when it is {@linkplain #confirmed}. It may be written again
     * meanwhile, and then no word of it is true.
     */
    void read(RecordView record);

    /** What was read last is right: it is handed on. False if there is no room for it. */
    boolean confirmed();

    /** So many records, of which some would have passed the filter, or one without room, were dropped. */
    void dropped(long records);
}
