package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When and how often a failed attempt is tried again. Immutable.
 *
 * @param max           further attempts after the first, {@code >= 0}
 * @param on            failures that are retried
 * @param methods       the methods that may be retried; a connect failure or refused stream is for every method
 * @param budget        retries at most as a percentage of active requests, 0 to 100
 * @param perTryTimeout bound on one attempt; null is off
 * @param crossLane     whether a retry may leave the served lane along the fallback chain
 */
public record Retries(
        int max,
        Set<On> on,
        Methods methods,
        int budget,
        @Nullable Duration perTryTimeout,
        boolean crossLane) {

    /** One retry of what was not answered, idempotent methods, a budget of 20 %. */
    public static final Retries DEFAULT = new Retries(
            1,
            Set.of(On.CONNECT_FAILURE, On.REFUSED_STREAM, On.RESET_BEFORE_RESPONSE),
            Methods.IDEMPOTENT,
            20,
            null,
            false);

    /** Failures that may be retried. */
    public enum On {
        CONNECT_FAILURE("connect-failure"),
        REFUSED_STREAM("refused-stream"),
        RESET_BEFORE_RESPONSE("reset-before-response"),
        STATUS_502("502"),
        STATUS_503("503"),
        STATUS_504("504");

        private final String word;

        On(String word) {
            this.word = word;
        }

        /** The word in the document. */
        public String word() {
            return word;
        }

        /** This condition's bit in a set of conditions. */
        @SuppressWarnings("EnumOrdinal") // a place in a set of bits, nothing that lasts
        public int bit() {
            return 1 << ordinal();
        }
    }

    /** Which methods may be sent twice. */
    public enum Methods {
        /** Those of RFC 9110 section 9.2.2. */
        IDEMPOTENT,
        /** Every method. */
        ALL
    }

    public Retries {
        if (max < 0) {
            throw new IllegalArgumentException("max: " + max + " (expected: >= 0)");
        }
        if (budget < 0 || budget > 100) {
            throw new IllegalArgumentException("budget: " + budget + "% (expected: 0% to 100%)");
        }
        on = Set.copyOf(on);
        Objects.requireNonNull(methods, "methods");
    }

    /** The conditions as a set of bits. */
    public int mask() {
        int mask = 0;
        for (On each : on) {
            mask |= each.bit();
        }
        return mask;
    }
}
