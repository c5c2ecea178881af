package io.laneway.control.guard;

import io.laneway.control.gateways.Measure;
import io.laneway.control.guard.Evidence.Counts;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against one service in a plan's environment: errors, slowness and falling back, each by itself. Confined
 * to one thread.
 */
final class ServiceEvidence {

    /** The share of base's requests that may be slower than a 99th percentile taken from few of them. */
    private static final double SLOW = 0.03;

    private static final double SLOWEST = 0.99;

    final Evidence errors = new Evidence();
    final Evidence slowness = new Evidence();
    final Evidence fallbacks = new Evidence();
    private Measure seen;
    private Measure environment;
    private Measure base;

    /** From these totals on it is counted. */
    ServiceEvidence(Measure environment, Measure base) {
        this.seen = environment;
        this.environment = environment;
        this.base = base;
    }

    /**
     * Takes what came since. Requests of base are kept until there are some of the environment to compare.
     *
     * @param before base within the window before, for the bound of what is slow: it must not come from the block
     * @param known  base as it was, where it has few requests now
     */
    void add(Guard guard, Measure environmentNow, Measure baseNow, Measure before, @Nullable Baseline known, double t) {
        Measure fallen = environmentNow.minus(seen);
        if (fallen.requests() > 0) {
            seen = environmentNow;
            fallbacks.add(new Counts(fallen.requests(), fallen.fallbacks()), guard.fallbackLimit(), t);
        }
        Measure more = environmentNow.minus(environment);
        Measure stable = baseNow.minus(base);
        if (more.requests() == 0 || (stable.requests() == 0 && known == null)) {
            return;
        }
        environment = environmentNow;
        base = baseNow;
        if (known == null) {
            errors.add(new Counts(more.requests(), more.errors()), new Counts(stable.requests(), stable.errors()), t);
            slower(guard, more, stable, before, t);
        } else {
            errors.add(new Counts(more.requests(), more.errors()), known.bound(), t);
            if (guard.p99() != null && known.p99() > 0) {
                slowness.add(slow(more, guard.p99() * known.p99()), SLOW, t);
            }
        }
    }

    private void slower(Guard guard, Measure more, Measure stable, Measure before, double t) {
        Measure reference = before.latency().total() == 0 ? stable : before;
        double bound = reference.latency().quantile(SLOWEST);
        if (guard.p99() == null
                || Double.isNaN(bound)
                || more.latency().total() == 0
                || stable.latency().total() == 0) {
            return;
        }
        Counts slowBase = new Counts(
                stable.latency().total(), (long) Math.ceil(stable.latency().above(bound)));
        slowness.add(slow(more, guard.p99() * bound), slowBase, t);
    }

    private static Counts slow(Measure more, double bound) {
        return new Counts(more.latency().total(), (long) more.latency().above(bound));
    }
}
