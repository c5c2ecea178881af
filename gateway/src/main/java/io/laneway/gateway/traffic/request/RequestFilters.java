package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.Origin;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Rate;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.Share;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a service's rules say to a request before it is forwarded: preflights answered, faults made, rates kept. Confined to
 * one event loop; one for each listener on it.
 */
public final class RequestFilters {

    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");
    private static final HeaderName LIMIT = HeaderName.of("ratelimit-limit");
    private static final HeaderName REMAINING = HeaderName.of("ratelimit-remaining");
    private static final HeaderName RESET = HeaderName.of("ratelimit-reset");
    private static final HeaderName POLICY = HeaderName.of("ratelimit-policy");
    private static final HeaderName RATE = HeaderName.of("ratelimit");
    public static final Failure LIMITED =
            Failure.gateway(Stage.ROUTE, 429, ResponseFlag.RL, "too many requests for this service");

    private final Routing routing;
    private final ListenerContext listener;
    private final Slice value = new Slice();

    public RequestFilters(Routing routing, ListenerContext listener) {
        this.routing = routing;
        this.listener = listener;
    }

    /** Whether it is a preflight that the gateway is to answer where a service has a CORS policy. */
    public static boolean isPreflight(ExchangeContext context) {
        return CorsPolicy.is(context.request()) && !namesItsLane(context.decision());
    }

    /** Counts the request among those of its rate; 0 if it may pass, else the nanoseconds until one may. */
    public long take(RateLimiter limiter, ServiceRules rules, ExchangeContext context) {
        return limiter.take(key(rules, limiter.rate(), context));
    }

    /** Preflights carry neither headers nor cookies of the application, so only these can name a lane for themselves. */
    private static boolean namesItsLane(Decision<?, ?> decision) {
        boolean host = decision.origin() == Origin.HOST && !decision.namedByPage();
        return host || decision.origin() == Origin.QUERY;
    }

    /** RateLimit fields as of draft 10 and, for older clients, draft 3 of draft-ietf-httpapi-ratelimit-headers. */
    public static void addRateHeaders(HeaderLines lines, Rate rate, long wait) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(wait + TimeUnit.SECONDS.toNanos(1) - 1);
        long window = Math.max(1, rate.per().toSeconds());
        lines.add(RETRY_AFTER, seconds);
        lines.add(LIMIT, rate.requests());
        lines.add(REMAINING, 0);
        lines.add(RESET, seconds);
        lines.add(POLICY, "\"default\";q=" + rate.requests() + ";w=" + window);
        lines.add(RATE, "\"default\";r=0;t=" + seconds);
    }

    /** Those without what is counted by share one bucket, so that leaving it out is no way around the limit. */
    String key(ServiceRules rules, Rate rate, ExchangeContext context) {
        HeaderName header = rules.rateHeader();
        return switch (rate.key()) {
            case TENANT -> routing.tenant(context.request(), context.decision(), value) ? value.toString() : "";
            case LANE -> {
                LaneEntry served = context.decision().served();
                yield served == null ? "" : served.slug();
            }
            case HEADER -> header != null && context.request().header(header, value) ? value.toString() : "";
            case SOURCE -> context.facts().original.source().toString();
        };
    }

    /** The fault that this request is to suffer, null for none. */
    @Nullable
    public Fault fault(ServiceRules rules, Decision<?, ?> decision) {
        Fault fault = rules.policy().fault();
        if (fault == null || decision.table() == null) {
            return null;
        }
        LaneEntry asked = decision.requested() == null ? decision.table().base() : decision.requested();
        boolean hit = asked.slug().equals(rules.faultLane())
                && listener.upstreams().loop().random().nextInt(Share.SLOTS)
                        < fault.share().slots();
        return hit ? fault : null;
    }
}
