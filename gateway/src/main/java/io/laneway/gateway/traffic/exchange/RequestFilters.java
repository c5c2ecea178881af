package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.gateway.runtime.record.ResponseFlag;
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
final class RequestFilters {

    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");
    private static final HeaderName LIMIT = HeaderName.of("ratelimit-limit");
    private static final HeaderName REMAINING = HeaderName.of("ratelimit-remaining");
    private static final HeaderName RESET = HeaderName.of("ratelimit-reset");
    private static final HeaderName POLICY = HeaderName.of("ratelimit-policy");
    private static final HeaderName RATE = HeaderName.of("ratelimit");
    private static final Failure LIMITED =
            Failure.gateway(Stage.ROUTE, 429, ResponseFlag.RL, "too many requests for this service");

    private final Exchanges home;
    private final ExchangeContext site;
    private final Slice value = new Slice();

    RequestFilters(Exchanges home, ExchangeContext site) {
        this.home = home;
        this.site = site;
    }

    /** The rules of the service decided on, null if it has none. */
    static @Nullable ServiceRules rules(Decision decision) {
        return decision.service() != null && decision.service().attachment() instanceof ServiceRules rules
                ? rules
                : null;
    }

    /** Answers the request itself if the rules want that; false if it is to be forwarded. */
    boolean answered(ServiceRules rules, Exchange exchange) {
        RequestHead head = exchange.request();
        CorsPolicy preflight = rules.preflight();
        if (preflight != null && CorsPolicy.is(head) && !namesItsLane(exchange.decision)) {
            home.replies().answer(exchange, preflight);
            return true;
        }
        RateLimiter limiter = rules.rate();
        if (limiter == null) {
            return false;
        }
        long wait = limiter.take(key(rules, limiter.rate(), exchange));
        if (wait == 0) {
            return false;
        }
        home.replies().answer(exchange, LIMITED, lines -> tell(lines, limiter.rate(), wait));
        return true;
    }

    /** Preflights carry neither headers nor cookies of the application, so only these can tell a lane. */
    private static boolean namesItsLane(Decision decision) {
        return decision.origin() == Origin.QUERY || decision.origin() == Origin.HOST;
    }

    /** RateLimit fields as of draft 10 and, for older clients, draft 3 of draft-ietf-httpapi-ratelimit-headers. */
    private static void tell(HeaderLines lines, Rate rate, long wait) {
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
    private String key(ServiceRules rules, Rate rate, Exchange exchange) {
        HeaderName header = rules.rateHeader();
        return switch (rate.key()) {
            case TENANT -> home.routing().tenant(exchange.request(), exchange.decision, value) ? value.toString() : "";
            case LANE -> {
                LaneEntry served = exchange.decision.served();
                yield served == null ? "" : served.slug();
            }
            case HEADER -> header != null && exchange.request().header(header, value) ? value.toString() : "";
            case SOURCE -> exchange.facts.original.source().toString();
        };
    }

    /** The fault that this request is to suffer, null for none. */
    @Nullable
    Fault fault(ServiceRules rules, Decision decision) {
        Fault fault = rules.policy().fault();
        if (fault == null || decision.table() == null) {
            return null;
        }
        LaneEntry asked = decision.requested() == null ? decision.table().base() : decision.requested();
        boolean hit = asked.slug().equals(rules.faultLane())
                && site.upstreams().loop().random().nextInt(Share.SLOTS)
                        < fault.share().slots();
        return hit ? fault : null;
    }
}
