package io.laneway.gateway.runtime.config;

import java.time.Duration;

/**
 * How lanes are remembered by trace ids, for applications that drop them. Immutable. docs/how-to/lost-lanes.md.
 *
 * @param entries ids in one generation, of which there are two; 0 remembers nothing
 * @param lasts   how long an id is remembered at least
 */
public record MemoryConfig(int entries, Duration lasts) {

    /** The most ids: a generation of them takes 32 MiB. */
    public static final int MOST = 1 << 20;

    public static final MemoryConfig DEFAULT = new MemoryConfig(65_536, Duration.ofSeconds(60));

    public static final MemoryConfig OFF = new MemoryConfig(0, DEFAULT.lasts());

    public MemoryConfig {
        if (entries < 0 || entries > MOST) {
            throw new IllegalArgumentException("entries: " + entries + " (expected: 1 to " + MOST + ")");
        }
        if (lasts.toMillis() < 1) {
            throw new IllegalArgumentException("for: " + lasts + " (expected: > 0)");
        }
    }

    /** Whether anything is remembered. */
    public boolean on() {
        return entries > 0;
    }

    /** What suffices for both. */
    public MemoryConfig with(MemoryConfig other) {
        return new MemoryConfig(
                Math.max(entries, other.entries), lasts.compareTo(other.lasts) >= 0 ? lasts : other.lasts);
    }
}
