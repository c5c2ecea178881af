package io.laneway.replay.record;

/**
 * Learns when requests of a recording cannot be written, and when they can again; once for each change. Called on the
 * recorder's thread.
 */
public interface DiskListener {

    /** Learns nothing. */
    DiskListener NONE = new DiskListener() {
        @Override
        public void failed(String reason) {}

        @Override
        public void recovered() {}
    };

    /** What comes now is dropped, until a file can be written again. */
    void failed(String reason);

    /** Requests are in a file again. */
    void recovered();
}
