package io.laneway.gateway.traffic.overload;

import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.upstream.health.HealthChecker;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the gateway as a whole. Memory is looked at ten times a second: from its threshold on, the share of requests that
 * are shed grows with it, and they are let in again a little below the threshold, so that the guard does not flap. How
 * late event loops are, each sees for itself by a {@code LoopLoadShedder}. Safe for many threads.
 */
public final class LoadShedder {

    private static final Logger log = LoggerFactory.getLogger(LoadShedder.class);
    private static final Duration PERIOD = Duration.ofMillis(100);

    /** Percent of requests shed at most: some go through, else nothing would show that it is over. */
    static final int MOST = 90;

    /** Percent of requests shed when memory is just at its threshold. */
    static final int LEAST = 10;

    /** How far below the threshold memory has to be for all requests to be let in again. */
    private static final double BACK = 0.03;

    private final OverloadConfig config;
    private final DoubleSupplier memory;
    private final CircuitBreaker requests = new CircuitBreaker();
    private volatile double used;
    private volatile int percent;

    /** @param memory the share of memory in use, 0 to 1 */
    public LoadShedder(OverloadConfig config, DoubleSupplier memory) {
        this.config = config;
        this.memory = memory;
    }

    /** Looks at memory from now on, as long as the health checker's thread runs. */
    public void start(HealthChecker healthChecker) {
        if (config.memoryShare() < 1) {
            look();
            healthChecker.after(PERIOD, () -> start(healthChecker));
        }
    }

    /** Looks at memory once. By one thread. */
    void look() {
        double now = memory.getAsDouble();
        used = now;
        int before = percent;
        percent = percent(now, before > 0);
        if (before == 0 && percent > 0) {
            log.atWarn()
                    .addKeyValue("memoryPercent", Math.round(now * 100))
                    .log("memory is short: some requests are shed");
        } else if (before > 0 && percent == 0) {
            log.atInfo()
                    .addKeyValue("memoryPercent", Math.round(now * 100))
                    .log("memory suffices again: no request is shed for it");
        }
    }

    private int percent(double now, boolean shedding) {
        double threshold = config.memoryShare();
        if (now >= threshold) {
            double over = (now - threshold) / (1 - threshold);
            return (int) Math.min(MOST, LEAST + Math.round(over * (MOST - LEAST)));
        }
        return shedding && now > threshold - BACK ? LEAST : 0;
    }

    /** How late an event loop may be before it sheds requests; zero for no bound. */
    Duration loopLag() {
        return config.loopLag();
    }

    int maxRequests() {
        return config.maxRequests();
    }

    CircuitBreaker requests() {
        return requests;
    }

    /** The percentage of requests that are shed because memory is short. */
    public int percent() {
        return percent;
    }

    /** The share of memory in use when it was last looked at, 0 to 1. */
    public double memory() {
        return used;
    }
}
