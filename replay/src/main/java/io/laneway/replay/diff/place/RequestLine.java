package io.laneway.replay.diff.place;

/**
 * A request as a person repeats it. Immutable.
 *
 * @param curl a command of a shell
 */
public record RequestLine(String id, String curl) {}
