package io.laneway.gateway.traffic.request;

import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.gate.HandBack;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.Rate;
import org.jspecify.annotations.Nullable;

/**
 * The rate of one exchange's service that gateways count together: most requests find a token that was reserved; those that
 * do not wait for the next reservation. Confined to one event loop; one for each exchange.
 */
public final class RateGate implements Gate {

    private final ExchangeContext context;
    private final RequestFilters filters;
    private final FleetRates rates;
    private final GateWait wait;
    private @Nullable RateLimiter limiter;
    private @Nullable HandBack<Boolean> pending;
    private String key = "";
    private long over;

    public RateGate(ExchangeContext context, RequestFilters filters, FleetRates rates, GateWait wait) {
        this.context = context;
        this.filters = filters;
        this.rates = rates;
        this.wait = wait;
    }

    /** Whether requests of the service pass here. */
    public boolean counts(ServiceRules rules) {
        RateLimiter its = rules.rate();
        if (its == null || !its.asks()) {
            return false;
        }
        limiter = its;
        key = filters.key(rules, its.rate(), context);
        return true;
    }

    @Override
    public boolean settle() {
        if (look()) {
            return true;
        }
        wait.within(rates.timeout().toNanos());
        return false;
    }

    private boolean look() {
        RateLimiter its = limiter;
        if (its == null) {
            over = 0;
            return true;
        }
        over = its.take(key);
        if (over != RateLimiter.UNSETTLED) {
            return true;
        }
        HandBack<Boolean> waiting = new HandBack<>(context.loop(), this::woken);
        pending = waiting;
        its.await(key, waiting);
        return false;
    }

    private void woken(boolean again) {
        pending = null;
        if (look()) {
            wait.settled(this);
        }
    }

    @Override
    public void expired() {
        cancel();
        RateLimiter its = limiter;
        over = its == null ? 0 : its.alone(key);
    }

    @Override
    public void cancel() {
        HandBack<Boolean> waiting = pending;
        pending = null;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    @Override
    public @Nullable Denial denial() {
        RateLimiter its = limiter;
        if (over == 0 || its == null) {
            return null;
        }
        Rate rate = its.rate();
        long nanos = over;
        return Denial.of(RequestFilters.LIMITED, lines -> RequestFilters.addRateHeaders(lines, rate, nanos));
    }
}
