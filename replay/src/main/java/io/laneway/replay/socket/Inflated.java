package io.laneway.replay.socket;

/**
 * A message that was compressed. Immutable; the array is not written to.
 *
 * @param cut whether it had more than was kept
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Inflated(byte[] bytes, boolean cut) {}
