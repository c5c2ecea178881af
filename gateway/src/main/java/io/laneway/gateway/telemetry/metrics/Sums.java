package io.laneway.gateway.telemetry.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Adds and compares arrays of counts of the same length. Stateless. */
final class Sums {

    private Sums() {}

    static void add(long[] counts, long[] to) {
        for (int i = 0; i < counts.length; i++) {
            to[i] += counts[i];
        }
    }

    static long[] plus(long[] one, long[] other) {
        long[] sum = one.clone();
        add(other, sum);
        return sum;
    }

    /** What was counted since then. A counter that fell has begun at 0 again. */
    static long[] since(long @Nullable [] before, long[] now) {
        if (before == null) {
            return now;
        }
        long[] since = new long[now.length];
        if (!Arrays.equals(before, now)) {
            for (int i = 0; i < now.length; i++) {
                since[i] = now[i] >= before[i] ? now[i] - before[i] : now[i];
            }
        }
        return since;
    }

    /** How many of a part are not 0. */
    static int used(long[] counts, int from, int to) {
        int used = 0;
        for (int i = from; i < to; i++) {
            used += counts[i] == 0 ? 0 : 1;
        }
        return used;
    }

    static long total(long[] counts, int from, int to) {
        long total = 0;
        for (int i = from; i < to; i++) {
            total += counts[i];
        }
        return total;
    }
}
