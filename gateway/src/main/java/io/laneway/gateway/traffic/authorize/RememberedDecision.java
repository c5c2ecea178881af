package io.laneway.gateway.traffic.authorize;

/**
 * A decision that is kept. Safe for many threads.
 *
 * <p>Times are nanoseconds of a clock that is never set.
 */
final class RememberedDecision {

    private final AuthDecision decision;
    private final long staleUntil;
    private volatile long freshUntil;

    RememberedDecision(AuthDecision decision, long freshUntil, long staleUntil) {
        this.decision = decision;
        this.freshUntil = freshUntil;
        this.staleUntil = staleUntil;
    }

    AuthDecision decision() {
        return decision;
    }

    /** Whether it counts without asking. */
    boolean isFresh(long now) {
        return now - freshUntil < 0;
    }

    /** Whether it counts where the authorizer says nothing. */
    boolean isUsable(long now) {
        return now - staleUntil < 0;
    }

    /** The authorizer says nothing: it is not asked again before that time. */
    void lasts(long until) {
        freshUntil = until - staleUntil < 0 ? until : staleUntil;
    }
}
