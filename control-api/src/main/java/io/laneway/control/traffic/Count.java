package io.laneway.control.traffic;

/** Requests and those of them that failed. Immutable. */
public record Count(long requests, long errors) {

    public static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
        return new Count(requests + other.requests, errors + other.errors);
    }
}
