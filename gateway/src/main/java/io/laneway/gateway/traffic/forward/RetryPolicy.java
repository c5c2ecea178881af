package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.policy.Retries;
import io.laneway.router.text.Slice;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often and for what an exchange may be tried again: the service's policy, and what a peer within asked for in its
 * {@code x-envoy-} headers, which are taken off. Confined to one event loop; one for each exchange.
 */
final class RetryPolicy {

    /** The first wait is up to so long, each further one up to twice the one before. */
    private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(25);

    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MAX_DOUBLINGS = 5;

    /** How often a retry that the budget does not allow yet asks again. */
    private static final int PATIENCE = 4;

    private final Slice value = new Slice();
    private Retries policy = Retries.DEFAULT;
    private int max;
    private int conditions;
    private boolean methodAllowed;
    private int tries;
    private int waits;

    /** Begins for a request of a service with that policy. */
    void start(Retries policy, RequestHead head) {
        this.policy = policy;
        max = policy.max();
        conditions = policy.mask();
        methodAllowed = policy.methods() == Retries.Methods.ALL || head.method().idempotent();
        tries = 0;
        waits = 0;
        if (head.lines().mayHave(Field.X_ENVOY_MAX_RETRIES.bit() | Field.X_ENVOY_RETRY_ON.bit())) {
            ask(head.lines());
        }
    }

    private void ask(HeaderLines lines) {
        if (lines.first(Field.X_ENVOY_MAX_RETRIES, value)) {
            long asked = Ascii.parse(value.array(), value.offset(), value.length());
            max = asked < 0 ? max : (int) Math.min(asked, Integer.MAX_VALUE);
        }
        if (lines.first(Field.X_ENVOY_RETRY_ON, value)) {
            conditions |= RetryConditions.read(value);
        }
        lines.remove(Field.X_ENVOY_MAX_RETRIES);
        lines.remove(Field.X_ENVOY_RETRY_ON);
    }

    /** An attempt begins. */
    void began() {
        tries++;
        waits = 0;
    }

    /** Whether this attempt is not the first. */
    boolean isRetry() {
        return tries > 1;
    }

    /** Whether the body may be needed again. */
    boolean keepsBody() {
        return max > 0;
    }

    /** Whether another attempt is allowed after that failure, its body aside. */
    boolean allows(Retries.@Nullable On condition) {
        if (condition == null || tries > max) {
            return false;
        }
        boolean untouched = condition == Retries.On.CONNECT_FAILURE || condition == Retries.On.REFUSED_STREAM;
        return (conditions & condition.bit()) != 0 && (untouched || methodAllowed);
    }

    /** Whether a retry over budget may still ask again; counts the asking. */
    boolean waitsForBudget() {
        return waits++ < PATIENCE;
    }

    /**
     * Nanoseconds to wait, by full jitter.
     *
     * @param chance from 0 to 1
     */
    long wait(double chance) {
        int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, tries - 1) + waits);
        return (long) (chance * Math.min(LONGEST_WAIT, FIRST_WAIT << doublings));
    }

    Retries policy() {
        return policy;
    }
}
