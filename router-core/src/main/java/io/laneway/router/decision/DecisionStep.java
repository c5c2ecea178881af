package io.laneway.router.decision;

import java.util.Locale;

/** One step of a decision that is explained, for machines and for people. Immutable. */
public record DecisionStep(Kind kind, String text) {

    /** What a step is about. */
    public enum Kind {
        SERVICE,
        CARRIER,
        TENANT,
        REQUESTED,
        WALK,
        ENDPOINT,
        RESULT;

        /** The word in the JSON form, such as {@code service}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
