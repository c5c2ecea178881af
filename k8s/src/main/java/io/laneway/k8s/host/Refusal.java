package io.laneway.k8s.host;

/**
 * Why a claim has not got its host. Immutable.
 *
 * @param what for people: the host, who has it, what was expected
 */
public record Refusal(Why why, String what) {

    /** The kinds of reasons. */
    public enum Why {
        /** Another has it. */
        TAKEN,
        /** The namespace may not claim it. */
        NOT_ALLOWED
    }
}
