package io.laneway.xds.filter;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.config.route.v3.RateLimit.Action;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.XRateLimitHeadersRFCVersion;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Rate;
import io.laneway.xds.words.Durations;
import io.laneway.xds.words.Fractions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A service's rate as token buckets of an Envoy, of which it makes one for each value that it sees: an empty value of a
 * descriptor stands for any. Requests without a value share the bucket of all others, as in a gateway; an Envoy before 1.34
 * knows no such descriptor, so that all requests share it. Stateless.
 */
final class RateFilter {

    /** An Envoy refuses shorter ones. */
    private static final Duration SHORTEST = Duration.ofMillis(50);
    /** Keys at a time, as in a gateway. */
    private static final int KEYS = 100_000;

    private static final String KEY = "key";
    private static final String REMOTE_ADDRESS = "remote_address";

    private RateFilter() {}

    /**
     * Why an Envoy cannot count so; empty if it can.
     *
     * @param sources where requests carry their tenant
     */
    static String unsaid(Rate rate, List<TenantSource> sources) {
        if (rate.scope() == Rate.Scope.FLEET) {
            return "policy.rate.scope: fleet";
        }
        boolean one = sources.size() == 1 && sources.get(0).kind() == TenantSource.Kind.HEADER;
        return switch (rate.key()) {
            case LANE -> "policy.rate.key: lane";
            case TENANT -> sources.isEmpty() || one ? "" : "policy.rate.key: tenant, unless one header carries it";
            case HEADER, SOURCE -> "";
        };
    }

    /** What a virtual host says to the filter. */
    static Any of(Rate rate, List<TenantSource> sources) {
        TokenBucket bucket = bucket(rate);
        LocalRateLimit.Builder limit = LocalRateLimit.newBuilder()
                .setStatPrefix("rate")
                .setTokenBucket(bucket)
                .setFilterEnabled(Fractions.always())
                .setFilterEnforced(Fractions.always())
                .setAlwaysConsumeDefaultTokenBucket(BoolValue.of(false))
                .setMaxDynamicDescriptors(UInt32Value.of(KEYS))
                .setRateLimitedAsResourceExhausted(true)
                .setEnableXRatelimitHeaders(XRateLimitHeadersRFCVersion.DRAFT_VERSION_03);
        switch (rate.key()) {
            case SOURCE ->
                by(
                        limit,
                        bucket,
                        REMOTE_ADDRESS,
                        Action.newBuilder().setRemoteAddress(Action.RemoteAddress.getDefaultInstance()));
            case HEADER -> by(limit, bucket, KEY, header(rate.header()));
            case TENANT -> {
                if (!sources.isEmpty()) {
                    by(limit, bucket, KEY, header(sources.get(0).name()));
                }
            }
            case LANE -> throw new IllegalArgumentException("key: lane (expected: one that can be said)");
        }
        return Any.pack(limit.build());
    }

    private static Action.Builder header(String name) {
        return Action.newBuilder()
                .setRequestHeaders(Action.RequestHeaders.newBuilder()
                        .setHeaderName(name.toLowerCase(Locale.ROOT))
                        .setDescriptorKey(KEY)
                        .setSkipIfAbsent(true));
    }

    private static void by(LocalRateLimit.Builder limit, TokenBucket bucket, String key, Action.Builder action) {
        limit.addRateLimits(RateLimit.newBuilder().addActions(action))
                .addDescriptors(LocalRateLimitDescriptor.newBuilder()
                        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey(key))
                        .setTokenBucket(bucket));
    }

    private static TokenBucket bucket(Rate rate) {
        long times = Math.max(
                1, (SHORTEST.toNanos() + rate.per().toNanos() - 1) / rate.per().toNanos());
        return TokenBucket.newBuilder()
                .setMaxTokens(rate.burst())
                .setTokensPerFill(UInt32Value.of((int) Math.min(Integer.MAX_VALUE, rate.requests() * times)))
                .setFillInterval(Durations.of(rate.per().multipliedBy(times)))
                .build();
    }
}
