package io.laneway.kafka.consume;

import java.time.Duration;

/** When a consumer commits by itself. Confined to the consumer's thread. */
final class CommitSchedule {

    private static final Duration LONGEST_SKIP = Duration.ofSeconds(1);
    private static final Duration STATS = Duration.ofMillis(500);

    private final boolean autoCommits;
    private final long intervalNanos;
    private final long skipNanos;
    private long lastCommit = System.nanoTime();
    private long lastSkip = lastCommit;
    private long lastStats = lastCommit;

    /**
     * Takes over what the client would do by itself.
     *
     * @param autoCommits what was handed out counts as done at the next poll
     * @param interval    between two such commits
     */
    CommitSchedule(boolean autoCommits, Duration interval) {
        this.autoCommits = autoCommits;
        this.intervalNanos = interval.toNanos();
        this.skipNanos = Math.min(intervalNanos, LONGEST_SKIP.toNanos());
    }

    boolean autoCommits() {
        return autoCommits;
    }

    boolean autoCommitDue() {
        long now = System.nanoTime();
        if (!autoCommits || now - lastCommit < intervalNanos) {
            return false;
        }
        lastCommit = now;
        return true;
    }

    boolean statsDue() {
        long now = System.nanoTime();
        if (now - lastStats < STATS.toNanos()) {
            return false;
        }
        lastStats = now;
        return true;
    }

    boolean skipDue() {
        long now = System.nanoTime();
        if (now - lastSkip < skipNanos) {
            return false;
        }
        lastSkip = now;
        return true;
    }
}
