package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.transcode.Transcoder;
import io.laneway.gateway.runtime.limit.FleetBuckets;
import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slug;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a service's policy that few services use, compiled. A service that uses none has none of these, so that it
 * costs a request one look at a null. Immutable but for its rate limiter.
 *
 * @param rateHeader the header by which the rate goes, null if by something else
 * @param faultLane  the slug of the lane with a fault
 * @param maxBody    bytes that the body of a request may have, {@link Long#MAX_VALUE} for no bound
 * @param transcoder makes calls of gRPC of requests with JSON, null for none
 */
public record ServiceRules(
        Policy policy,
        @Nullable RateLimiter rate,
        @Nullable HeaderName rateHeader,
        String faultLane,
        long maxBody,
        @Nullable CompressionRule compression,
        @Nullable CorsPolicy cors,
        @Nullable HeaderEdit request,
        @Nullable HeaderEdit response,
        @Nullable SessionRule sessions,
        @Nullable Transcoder transcoder) {

    /**
     * The rules of a service, null if it has none.
     *
     * @param previous those of the same service before; a limiter whose rate stays keeps its counts
     * @param fleet    counts rates with other gateways, null where nothing does
     */
    public static @Nullable ServiceRules of(
            Service service, @Nullable ServiceRules previous, LongSupplier nanos, @Nullable FleetRates fleet) {
        Policy policy = service.policy();
        boolean plain = policy.rate() == null
                && policy.fault() == null
                && policy.mirror() == null
                && policy.cors() == null
                && policy.sticky() == null
                && policy.grpc() == null
                && policy.maxBody() == null
                && policy.compression() == null
                && policy.headers().request().isEmpty()
                && policy.headers().response().isEmpty();
        if (plain) {
            return null;
        }
        Rate rate = policy.rate();
        return new ServiceRules(
                policy,
                limiter(service, previous, nanos, fleet),
                rate == null || rate.key() != Rate.Key.HEADER ? null : HeaderName.of(rate.header()),
                policy.fault() == null ? "" : Slug.of(policy.fault().lane()),
                policy.maxBody() == null ? Long.MAX_VALUE : policy.maxBody().bytes(),
                policy.compression() == null ? null : new CompressionRule(policy.compression()),
                policy.cors() == null ? null : new CorsPolicy(policy.cors(), policy.grpc()),
                policy.headers().request().isEmpty()
                        ? null
                        : new HeaderEdit(policy.headers().request()),
                policy.headers().response().isEmpty()
                        ? null
                        : new HeaderEdit(policy.headers().response()),
                SessionRule.of(policy.sticky()),
                Transcoders.of(
                        service,
                        previous == null ? null : previous.policy().grpc(),
                        previous == null ? null : previous.transcoder()));
    }

    private static @Nullable RateLimiter limiter(
            Service service, @Nullable ServiceRules previous, LongSupplier nanos, @Nullable FleetRates fleet) {
        Rate rate = service.policy().rate();
        if (rate == null) {
            return null;
        }
        RateLimiter before = previous == null ? null : previous.rate();
        if (before != null && before.rate().equals(rate)) {
            return before;
        }
        double share = before == null || rate.scope() == Rate.Scope.GATEWAY ? 1 : before.share();
        FleetBuckets buckets = fleet == null || rate.scope() == Rate.Scope.GATEWAY
                ? null
                : new FleetBuckets(service.id().toString(), rate, fleet);
        return new RateLimiter(rate, share, nanos, buckets);
    }
}
