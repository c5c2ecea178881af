package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.runtime.record.LoopDurations;

/** What one event loop counts of one listener's authorization. The loop changes it, any thread may read it. */
final class AuthCounts {

    /** Upper bounds of the durations that are counted apart, in seconds. */
    static final double[] BOUNDS = {0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5};

    final LoopCounter allowed = new LoopCounter();
    final LoopCounter denied = new LoopCounter();
    final LoopCounter failedAllowed = new LoopCounter();
    final LoopCounter failedDenied = new LoopCounter();
    final LoopCounter remembered = new LoopCounter();
    final LoopCounter stale = new LoopCounter();
    final LoopCounter asked = new LoopCounter();
    final LoopCounter shared = new LoopCounter();
    final LoopCounter errors = new LoopCounter();
    final LoopDurations durations = new LoopDurations(BOUNDS);
}
