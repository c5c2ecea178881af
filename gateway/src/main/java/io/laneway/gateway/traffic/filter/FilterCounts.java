package io.laneway.gateway.traffic.filter;

import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.runtime.record.LoopDurations;

/** What one event loop counts of one filter. The loop changes it, any thread may read it. */
final class FilterCounts {

    /** Upper bounds of the durations that are counted apart, in seconds. */
    static final double[] BOUNDS = {0.0001, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

    final LoopCounter proceeded = new LoopCounter();
    final LoopCounter responded = new LoopCounter();
    final LoopCounter failedAllowed = new LoopCounter();
    final LoopCounter failedDenied = new LoopCounter();
    final LoopCounter body = new LoopCounter();
    final LoopCounter cancelled = new LoopCounter();
    final LoopCounter overruns = new LoopCounter();
    final LoopCounter held = new LoopCounter();
    final LoopDurations durations = new LoopDurations(BOUNDS);
}
