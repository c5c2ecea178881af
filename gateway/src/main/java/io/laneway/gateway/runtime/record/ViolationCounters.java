package io.laneway.gateway.runtime.record;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each rule of HTTP was broken. A rule is counted from the first time on, since hardly any deployment breaks one.
 * One event loop changes it, any thread may read it.
 */
public final class ViolationCounters {

    private static final LoopCounter NONE = new LoopCounter();

    private final Map<String, LoopCounter> counters = new ConcurrentHashMap<>(1);

    /** Counts one. Only on the owning loop. */
    public void increment(String rule) {
        counters.computeIfAbsent(rule, key -> new LoopCounter()).increment();
    }

    /** Whether no rule was broken. */
    public boolean isEmpty() {
        return counters.isEmpty();
    }

    /** The rules that were broken. */
    public Set<String> rules() {
        return Set.copyOf(counters.keySet());
    }

    /** The counter of a rule, to be read. */
    public LoopCounter of(String rule) {
        return counters.getOrDefault(rule, NONE);
    }
}
