package io.laneway.replay.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The segments behind the beginning of a path, with how many requests have them. Confined to one thread. */
final class PathTree {

    /** The name of a segment that is another for each thing. */
    static final String ID = "{id}";

    private static final int MANY = 30;
    private static final int FEW_REQUESTS = 4;
    private static final int MAX = 1000;

    private final Map<String, PathTree> below = new HashMap<>();
    private int requests;
    private boolean joined;

    PathTree learn(String step) {
        PathTree next = below.computeIfAbsent(name(step), s -> new PathTree());
        next.requests++;
        if (below.size() > MAX) {
            join();
        }
        return next;
    }

    @Nullable
    PathTree find(String step) {
        return below.get(name(step));
    }

    String name(String step) {
        return joined ? ID : step;
    }

    /** Joins what turns out to be identifiers, here and below; the first level is services and methods. */
    void settleBelow() {
        for (PathTree next : below.values()) {
            next.settle();
        }
    }

    private void settle() {
        long all = below.values().stream().mapToLong(next -> next.requests).sum();
        if (below.size() > MANY && all < (long) FEW_REQUESTS * below.size()) {
            join();
        }
        settleBelow();
    }

    private void join() {
        List<PathTree> all = new ArrayList<>(below.values());
        below.clear();
        PathTree one = new PathTree();
        all.forEach(one::take);
        below.put(ID, one);
        joined = true;
    }

    private void take(PathTree other) {
        requests += other.requests;
        other.below.forEach(
                (step, next) -> below.computeIfAbsent(step, s -> new PathTree()).take(next));
    }
}
