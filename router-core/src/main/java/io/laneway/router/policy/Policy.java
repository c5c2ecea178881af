package io.laneway.router.policy;

import io.laneway.router.unit.ByteSize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a service wants its calls treated. Immutable. Null parts are off; the others have the defaults of
 * docs/reference/policy.md.
 *
 * @param zone whether endpoints of the gateway's own zone come first
 */
public record Policy(
        Timeouts timeouts,
        Retries retries,
        Balancer balancer,
        Ejection ejection,
        @Nullable Health health,
        @Nullable Limits limits,
        @Nullable Rate rate,
        @Nullable Mirror mirror,
        @Nullable Fault fault,
        HeaderRules headers,
        @Nullable Cors cors,
        @Nullable Access access,
        @Nullable Sticky sticky,
        @Nullable GrpcClients grpc,
        @Nullable ByteSize maxBody,
        boolean zone,
        @Nullable Compression compression) {

    /** Every part at its default. */
    public static final Policy DEFAULT = new Policy(
            Timeouts.DEFAULT,
            Retries.DEFAULT,
            Balancer.LEAST_REQUEST,
            Ejection.DEFAULT,
            null,
            null,
            null,
            null,
            null,
            HeaderRules.NONE,
            null,
            null,
            null,
            null,
            null,
            true,
            null);

    public Policy {
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(balancer, "balancer");
        Objects.requireNonNull(ejection, "ejection");
        Objects.requireNonNull(headers, "headers");
    }
}
