package io.laneway.replay.diff.place;

/** One request with what the three responses had at a place. Immutable. */
public record Example(RequestLine request, String base, String again, String lane) {}
